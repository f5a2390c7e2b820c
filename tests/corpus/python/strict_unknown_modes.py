# corpus: profile=strict
"""Telemetry hub: what clients need is decided somewhere else."""

import os
import ssl

import grpc
import uvicorn


def mode_of(text):
    return {"none": 0, "optional": 1, "required": 2}[text]


def http(config):
    uvicorn.run(
        "hub:app",
        host="0.0.0.0",
        port=8443,
        ssl_certfile="tls.pem",
        ssl_keyfile="tls.key",
        ssl_ca_certs="devices.pem",
        ssl_cert_reqs=config.reqs,  # expect: MTLS904
    )


def streams(config):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="devices.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain("tls.pem")
    context.verify_mode = mode_of(os.environ["HUB_CLIENTS"])  # expect: MTLS904
    return context
