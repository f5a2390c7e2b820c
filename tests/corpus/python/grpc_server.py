"""Routing service over gRPC: a root certificate alone asks nobody."""

import concurrent.futures
import logging
import pathlib
import sys

import grpc

import routing_pb2
import routing_pb2_grpc

TLS = pathlib.Path("/etc/routing/tls")


class Routing(routing_pb2_grpc.RoutingServicer):
    def Route(self, request, context):
        caller = context.auth_context().get("x509_common_name", [b"anonymous"])[0]
        logging.info("%s: %s -> %s", caller.decode(), request.origin, request.destination)
        return routing_pb2.RouteReply(legs=[request.origin, request.destination])


def server():
    pool = concurrent.futures.ThreadPoolExecutor(max_workers=10)
    made = grpc.server(pool)
    routing_pb2_grpc.add_RoutingServicer_to_server(Routing(), made)
    return made


def pair():
    return [((TLS / "tls.key").read_bytes(), (TLS / "tls.pem").read_bytes())]


def for_carriers():
    made = server()
    credentials = grpc.ssl_server_credentials(
        pair(),
        root_certificates=(TLS / "carriers.pem").read_bytes(),  # expect: MTLS104
    )
    made.add_secure_port("0.0.0.0:50051", credentials)
    return made


def for_maps():
    made = server()
    made.add_secure_port("[::]:50053", grpc.ssl_server_credentials(pair()))  # expect: MTLS103
    return made


def for_everybody():
    made = server()
    made.add_insecure_port("[::]:50054")  # expect: MTLS302
    return made


def for_this_machine():
    made = server()
    made.add_insecure_port("127.0.0.1:50055")
    made.add_insecure_port("unix:///run/routing.sock")
    return made


def main():
    servers = [for_carriers(), for_maps(), for_this_machine()]
    if "--open" in sys.argv:
        servers.append(for_everybody())
    for made in servers:
        made.start()
    for made in servers:
        made.wait_for_termination()


if __name__ == "__main__":
    main()
