"""Harvest robots: the operator chooses a level, and each level is a state of its own."""

import argparse
import enum
import socket
import ssl


class Level(enum.Enum):
    OPEN = "open"
    ASK = "ask"
    DEMAND = "demand"


def context_for(level: Level) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="robots.pem")
    context.load_cert_chain("field.pem")
    if level is Level.ASK:
        context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    else:
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--level", type=Level, default=Level.DEMAND)
    args = parser.parse_args()
    with socket.create_server(("0.0.0.0", 9300)) as listener:
        with context_for(args.level).wrap_socket(listener, server_side=True) as door:
            while True:
                robot, address = door.accept()
                robot.close()


if __name__ == "__main__":
    main()
