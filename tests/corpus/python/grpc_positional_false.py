"""Stock service on gRPC: the third argument is the one that counts."""

import logging
import os
from concurrent import futures

import grpc

import stock_pb2_grpc
from servicer import Stock

STRICT = False


def read(name):
    with open(os.path.join("/etc/stock", name), "rb") as file:
        return file.read()


def shops():
    server = grpc.server(futures.ThreadPoolExecutor(4))
    stock_pb2_grpc.add_StockServicer_to_server(Stock(), server)
    pairs = ((read("tls.key"), read("tls.pem")),)
    credentials = grpc.ssl_server_credentials(pairs, read("shops.pem"), False)  # expect: MTLS104
    server.add_secure_port("0.0.0.0:7443", credentials)
    return server


def depots():
    server = grpc.server(futures.ThreadPoolExecutor(4))
    stock_pb2_grpc.add_StockServicer_to_server(Stock(), server)
    pairs = ((read("tls.key"), read("tls.pem")),)
    credentials = grpc.ssl_server_credentials(pairs, read("depots.pem"), require_client_auth=True)
    server.add_secure_port("[::]:7444", credentials)
    return server


def kiosks():
    server = grpc.aio.server()
    credentials = grpc.ssl_server_credentials([(read("tls.key"), read("tls.pem"))])  # expect: MTLS103
    server.add_secure_port("0.0.0.0:7445", credentials)
    return server


def lab():
    server = grpc.aio.server()
    server.add_insecure_port("0.0.0.0:7446")  # expect: MTLS302
    return server


def probes():
    server = grpc.server(futures.ThreadPoolExecutor(1))
    server.add_insecure_port("localhost:7447")
    return server


if __name__ == "__main__":
    logging.basicConfig()
    shops().start()
