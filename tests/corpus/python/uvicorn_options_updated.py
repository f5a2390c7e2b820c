"""Starts the archive under uvicorn; the options grow by subscript and update."""

import argparse

import uvicorn


def options_for(args):
    options = {"host": "0.0.0.0", "port": args.port, "log_level": "info"}
    options["ssl_certfile"] = args.cert
    options["ssl_keyfile"] = args.key
    options["ssl_ca_certs"] = args.clients
    options["ssl_cert_reqs"] = 1  # expect: MTLS101
    return options


def parser():
    made = argparse.ArgumentParser()
    made.add_argument("--port", type=int, default=8443)
    made.add_argument("--cert", required=True)
    made.add_argument("--key", required=True)
    made.add_argument("--clients", required=True)
    return made


if __name__ == "__main__":
    uvicorn.run("archive:app", **options_for(parser().parse_args()))
