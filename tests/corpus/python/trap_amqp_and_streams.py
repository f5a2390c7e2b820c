"""Connects to everything in the plant, checked everywhere."""

import ssl

import aio_pika
import nats
import pika
from hypercorn.config import Config
from kombu import Connection


async def queue():
    return await aio_pika.connect_robust("amqps://plant@rabbit.example.net/")


async def bus():
    context = ssl.create_default_context(cafile="/etc/plant/nats.pem")
    return await nats.connect("tls://nats.example.net:4222", tls=context)


def commands():
    return pika.BlockingConnection(pika.URLParameters("amqps://plant@rabbit.example.net:5671/"))


def tasks(url):
    return Connection(url, ssl={"ca_certs": "ca.pem", "cert_reqs": ssl.CERT_REQUIRED})


def local_config():
    config = Config()
    config.bind = ["localhost:8000", "unix:/run/plant.sock"]
    return config
