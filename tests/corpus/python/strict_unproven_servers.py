# corpus: profile=strict
"""Power plant's small servers: what their clients must show is not written here."""

import asyncio
import ssl

import hypercorn.config

import plant_config


def turbine():
    config = hypercorn.config.Config()
    config.bind = ["0.0.0.0:8443"]
    config.certfile = "tls.pem"
    config.keyfile = "tls.key"
    config.ca_certs = "turbines.pem"
    config.verify_mode = plant_config.mode()  # expect: MTLS904
    return config


async def boiler(mode):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="boilers.pem")
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain("tls.pem")
    context.verify_mode = mode  # expect: MTLS904
    await asyncio.start_server(print, "0.0.0.0", 9443, ssl=context)
