"""Key service over gRPC; callers are named in their certificates."""

import asyncio
import contextlib

import grpc

import keys_pb2
import keys_pb2_grpc

ALLOWED = {b"spiffe://example.org/web", b"spiffe://example.org/worker"}


class Keys(keys_pb2_grpc.KeysServicer):
    async def Get(self, request, context):
        names = set(context.auth_context().get("x509_subject_alternative_name", ()))
        if not names & ALLOWED:
            await context.abort(grpc.StatusCode.PERMISSION_DENIED, "not on the list")
        return keys_pb2.Key(name=request.name)


def read(name):
    with open(f"/etc/keys/{name}", "rb") as file:
        return file.read()


def credentials():
    # require_client_auth=False is the default; without it the roots below were never used.
    return grpc.ssl_server_credentials(
        [(read("tls.key"), read("tls.pem"))],
        root_certificates=read("ca.pem"),
        require_client_auth=True,
    )


def credentials_for_backups():
    """The same, by position."""
    roots = read("backup-ca.pem")
    return grpc.ssl_server_credentials([(read("tls.key"), read("tls.pem"))], roots, True)


async def upstream():
    channel_credentials = grpc.ssl_channel_credentials(
        root_certificates=read("ca.pem"),
        private_key=read("tls.key"),
        certificate_chain=read("tls.pem"),
    )
    # Another name is expected, not none.
    options = [("grpc.ssl_target_name_override", "vault.example.org")]
    async with grpc.aio.secure_channel("10.0.0.3:8200", channel_credentials, options) as channel:
        await channel.channel_ready()


async def serve():
    server = grpc.aio.server()
    keys_pb2_grpc.add_KeysServicer_to_server(Keys(), server)
    server.add_secure_port("0.0.0.0:8201", credentials())
    server.add_secure_port("[::]:8203", credentials_for_backups())
    server.add_insecure_port("localhost:8202")
    await server.start()
    with contextlib.suppress(asyncio.CancelledError):
        await upstream()
        await server.wait_for_termination()


if __name__ == "__main__":
    asyncio.run(serve())
