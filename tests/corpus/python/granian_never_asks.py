"""Opening hours on granian."""

from granian import Granian


def tls():
    # expect: MTLS103
    Granian("hours:app", address="0.0.0.0", port=8443, ssl_cert="tls.pem", ssl_key="tls.key").serve()


def local():
    Granian("hours:app", address="127.0.0.1", port=8000).serve()


if __name__ == "__main__":
    tls()
