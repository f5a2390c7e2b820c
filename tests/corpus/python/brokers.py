"""Event bridge between the brokers of three departments."""

import ssl

import aiokafka
import pika
from kafka import KafkaConsumer, KafkaProducer
from kombu import Connection


def billing():
    context = ssl.create_default_context(cafile="/etc/bridge/billing.pem")
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    parameters = pika.ConnectionParameters(
        "rabbit.billing.example.net", 5671, ssl_options=pika.SSLOptions(context)
    )
    return pika.BlockingConnection(parameters)


def shipping():
    context = ssl.create_default_context(cafile="/etc/bridge/shipping.pem")
    context.load_cert_chain("/etc/bridge/me.pem", "/etc/bridge/me.key")
    options = pika.SSLOptions(context, "rabbit.shipping.example.net")
    return pika.BlockingConnection(
        pika.ConnectionParameters("10.2.0.5", 5671, ssl_options=options)
    )


def audit():
    return KafkaConsumer(
        "audit",
        bootstrap_servers="kafka.example.net:9093",
        security_protocol="SSL",
        ssl_cafile="/etc/bridge/kafka.pem",
        ssl_check_hostname=False,  # expect: MTLS402
    )


def orders():
    return KafkaProducer(
        bootstrap_servers="kafka.example.net:9093",
        security_protocol="SSL",
        ssl_cafile="/etc/bridge/kafka.pem",
        ssl_certfile="/etc/bridge/me.pem",
        ssl_keyfile="/etc/bridge/me.key",
    )


async def returns():
    return aiokafka.AIOKafkaConsumer(
        "returns",
        bootstrap_servers="kafka.example.net:9093",
        security_protocol="SSL",
        ssl_context=ssl.create_default_context(cafile="/etc/bridge/kafka.pem"),
    )


def jobs():
    return Connection(
        "amqps://bridge@rabbit.jobs.example.net//",
        ssl={"cert_reqs": ssl.CERT_NONE},  # expect: MTLS401
    )


def jobs_checked():
    return Connection(
        "amqps://bridge@rabbit.jobs.example.net//",
        ssl={
            "ca_certs": "/etc/bridge/jobs.pem",
            "cert_reqs": ssl.CERT_REQUIRED,
            "server_hostname": "rabbit.jobs.example.net",
        },
    )
