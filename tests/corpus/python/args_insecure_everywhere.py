"""Command line of the object store: --insecure reaches every client library in use."""

import argparse
import ssl
import urllib.request

import requests


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--insecure", "-k", action="store_true", help="verify=False")
    parser.add_argument("--cacert")
    return parser.parse_args()


def context_for(args):
    context = ssl.create_default_context(cafile=args.cacert)
    if args.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return context


def read(args):
    return urllib.request.urlopen(args.url, context=context_for(args)).read()


def head(args):
    # Not False: what the operator says.
    return requests.head(args.url, verify=not args.insecure).headers


def session_for(args):
    session = requests.Session()
    if args.insecure:
        session.verify = False  # expect: MTLS401
    elif args.cacert:
        session.verify = args.cacert
    return session


def main():
    args = parse()
    print(head(args), read(args), session_for(args).get(args.url))


if __name__ == "__main__":
    main()
