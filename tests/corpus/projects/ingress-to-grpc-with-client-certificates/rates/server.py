from concurrent import futures
from pathlib import Path

import grpc

TLS = Path("/tls")


def serve() -> None:
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
    credentials = grpc.ssl_server_credentials(
        [((TLS / "tls.key").read_bytes(), (TLS / "tls.crt").read_bytes())],
        root_certificates=(TLS / "ca.crt").read_bytes(),
        require_client_auth=True,
    )
    server.add_secure_port("[::]:50051", credentials)
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    serve()
