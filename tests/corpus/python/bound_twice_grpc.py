"""Ferry bookings on gRPC: one server, two ports."""

from concurrent import futures

import grpc

import ferry_pb2_grpc
from ferry import Ferry


def read(name):
    with open(name, "rb") as file:
        return file.read()


def main():
    server = grpc.server(futures.ThreadPoolExecutor(8))
    ferry_pb2_grpc.add_FerryServicer_to_server(Ferry(), server)
    credentials = grpc.ssl_server_credentials([(read("k"), read("c"))], read("ca"), True)
    server.add_secure_port("0.0.0.0:7443", credentials)
    server.add_insecure_port("0.0.0.0:7080")  # expect: MTLS105 MTLS302
    server.start()
    server.wait_for_termination()
