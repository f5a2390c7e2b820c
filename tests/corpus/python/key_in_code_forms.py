"""Test bench of a charger: keys in the ways in which they end up in code."""

import ssl
import tempfile

CONFIG = {
    "name": "bench",
    # expect: MTLS602
    "key": """-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIGx1ZFq9C1vL9Qm0mbZ1P8J4gJQwqXx4kZl1l1l1l1l1oAoGCCqGSM49
AwEHoUQDQgAEUMa4xArmZK55jjgdAmGiss7jnTFbFDi9SvIcir5ReFl+Jh9hxazt
ST5YCX5oZfqwtvKwJkIDN0PQPmX8WyhWnA==
-----END EC PRIVATE KEY-----
""",
}

PLACEHOLDER = "-----BEGIN PRIVATE KEY-----\n<your key here>\n-----END PRIVATE KEY-----\n"


def context():
    made = ssl.create_default_context(cafile="bench.pem")
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(CONFIG["key"])
        file.flush()
        made.load_cert_chain("bench-cert.pem", file.name)
    return made


def connect(sock):
    return context().wrap_socket(sock, server_hostname="charger.example.net")
