"""Starts the review tool on granian."""

import logging
import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

SECRETS = Path("/run/secrets")


def reviewers():
    """granian takes a CA as a wish: who sends no certificate gets in."""
    Granian(
        "review.app:app",
        address="0.0.0.0",
        port=8443,
        interface=Interfaces.ASGI,
        ssl_cert=SECRETS / "tls.pem",
        ssl_key=SECRETS / "tls.key",
        ssl_ca=SECRETS / "people.pem",  # expect: MTLS101
    ).serve()


def robots():
    Granian(
        "review.app:robots",
        address="0.0.0.0",
        port=8444,
        interface=Interfaces.ASGI,
        workers=2,
        ssl_cert=SECRETS / "tls.pem",
        ssl_key=SECRETS / "tls.key",
        ssl_ca=SECRETS / "robots.pem",
        ssl_client_verify=True,
    ).serve()


def preview():
    # 127.0.0.1:8000
    Granian("review.app:app", interface=Interfaces.ASGI, reload=True).serve()


def open_house():
    server = Granian("review.app:app", address="0.0.0.0", interface="asgi")  # expect: MTLS302
    server.serve()


def main():
    logging.basicConfig(level=logging.INFO)
    commands = {
        "reviewers": reviewers,
        "robots": robots,
        "open-house": open_house,
    }
    commands.get(sys.argv[-1], preview)()


if __name__ == "__main__":
    main()
