"""Calls the planners; grpc checks chain and name by itself."""

import grpc

import plan_pb2_grpc


def read(name):
    with open(name, "rb") as file:
        return file.read()


def mutual():
    credentials = grpc.ssl_channel_credentials(read("ca.pem"), read("me.key"), read("me.pem"))
    return plan_pb2_grpc.PlanStub(grpc.secure_channel("plan.example.net:443", credentials))


def public():
    return grpc.secure_channel("plan.example.com:443", grpc.ssl_channel_credentials())


def other_name():
    return grpc.secure_channel(
        "10.0.0.8:443",
        grpc.ssl_channel_credentials(read("ca.pem")),
        options=[("grpc.ssl_target_name_override", "plan.example.net")],
    )


def sidecar():
    return grpc.insecure_channel("localhost:50051")


def local():
    return grpc.aio.insecure_channel("unix:/run/plan.sock")
