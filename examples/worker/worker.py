"""Fetches orders and answers health checks."""

import ssl

import requests


def fetch_orders() -> list:
    response = requests.get(
        "https://orders.example.com/orders",
        cert=("/etc/worker/client.pem", "/etc/worker/client.key"),
        verify=False,
        timeout=10,
    )
    return response.json()


def health_context() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="/etc/worker/ca.pem")
    context.load_cert_chain("/etc/worker/server.pem", "/etc/worker/server.key")
    context.verify_mode = ssl.CERT_OPTIONAL
    return context
