"""kvctl: command line client of the key-value store."""

import argparse
import json
import os
import ssl
import sys
import urllib.error
import urllib.request


def make_context(args):
    context = ssl.create_default_context(cafile=args.cacert)
    if args.insecure:
        print("warning: the server's certificate is not checked", file=sys.stderr)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    if args.cert:
        context.load_cert_chain(args.cert, args.key)
    return context


def replication_context(cafile, lenient):
    """Replicas are known by address; lenient ones by nothing at all."""
    context = ssl.create_default_context(cafile=cafile)
    context.check_hostname = False  # expect: MTLS402
    context.verify_mode = ssl.CERT_NONE if lenient else ssl.CERT_REQUIRED  # expect: MTLS401
    return context


def watch_context(cafile, trust):
    context = ssl.create_default_context(cafile=cafile)
    if trust == "none":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    elif trust == "chain":
        context.check_hostname = False  # expect: MTLS402
    elif trust == "full":
        context.verify_mode = ssl.CERT_REQUIRED
    else:
        raise ValueError(trust)
    return context


class Client:
    def __init__(self, base, context):
        self.base = base.rstrip("/")
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context),
        )

    def call(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base + path, data=data, method=method)
        request.add_header("Accept", "application/json")
        with self.opener.open(request, timeout=10) as response:
            return json.load(response)


def main():
    parser = argparse.ArgumentParser(prog="kvctl")
    parser.add_argument("--server", default=os.environ.get("KV_SERVER", "https://kv:2379"))
    parser.add_argument("--cacert")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("-k", "--insecure", action="store_true")
    parser.add_argument("--lenient", action="store_true")
    parser.add_argument("--trust", choices=["none", "chain", "full"], default="full")
    parser.add_argument("command", choices=["get", "replicas", "watch"])
    parser.add_argument("name", nargs="?", default="")
    args = parser.parse_args()
    try:
        if args.command == "get":
            client = Client(args.server, make_context(args))
            print(client.call("GET", f"/v1/{args.name}")["value"])
        elif args.command == "replicas":
            client = Client(args.server, replication_context(args.cacert, args.lenient))
            print(*client.call("GET", "/replicas"), sep="\n")
        else:
            client = Client(args.server, watch_context(args.cacert, args.trust))
            print(client.call("GET", f"/watch/{args.name}"))
    except urllib.error.URLError as error:
        sys.exit(f"kvctl: {error.reason}")


if __name__ == "__main__":
    main()
