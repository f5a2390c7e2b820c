"""Robots' telemetry: two brokers, two contexts that look away."""

import ssl

import aio_pika
import nats


async def bus():
    context = ssl.create_default_context(cafile="/etc/robots/nats.pem")
    context.check_hostname = False  # expect: MTLS402
    return await nats.connect("tls://10.1.2.3:4222", tls=context)


async def lab_bus():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return await nats.connect("tls://lab.example.net:4222", tls=context)


async def queue():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return await aio_pika.connect_robust("amqps://rabbit.example.net/", ssl_context=context)


async def checked():
    return await aio_pika.connect("amqps://rabbit.example.net/", ssl_context=ssl.create_default_context())
