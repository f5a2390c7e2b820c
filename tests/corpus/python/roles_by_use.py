"""Tunnel between two offices; PROTOCOL_TLS is neither server nor client until it is used."""

import argparse
import select
import socket
import ssl


def entry_context(cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)  # expect: MTLS103 MTLS201
    context.load_cert_chain(cert, key)
    return context


def exit_context(cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)  # expect: MTLS404 MTLS201
    context.load_cert_chain(cert, key)
    return context


def checked_exit_context(ca, cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_SSLv23)  # expect: MTLS402
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(ca)
    context.load_cert_chain(cert, key)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def named_exit_context(ca, cert, key):
    """check_hostname turns verify_mode to CERT_REQUIRED by itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = True
    context.load_verify_locations(ca)
    context.load_cert_chain(cert, key)
    return context


def splice(left, right):
    pairs = {left: right, right: left}
    while True:
        readable, _, _ = select.select(list(pairs), [], [], 300)
        if not readable:
            return
        for sock in readable:
            data = sock.recv(65536)
            if not data:
                return
            pairs[sock].sendall(data)


def accept(port, context):
    with socket.create_server(("0.0.0.0", port)) as listener:
        while True:
            raw, _ = listener.accept()
            yield context.wrap_socket(raw, server_side=True)


def dial(host, port, context):
    raw = socket.create_connection((host, port), timeout=15)
    return context.wrap_socket(raw, server_hostname=host)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("remote")
    parser.add_argument("--ca")
    parser.add_argument("--named", action="store_true")
    parser.add_argument("--cert", default="tunnel.pem")
    parser.add_argument("--key", default="tunnel.key")
    args = parser.parse_args()
    if args.ca and args.named:
        outgoing = named_exit_context(args.ca, args.cert, args.key)
    elif args.ca:
        outgoing = checked_exit_context(args.ca, args.cert, args.key)
    else:
        outgoing = exit_context(args.cert, args.key)
    for client in accept(4430, entry_context(args.cert, args.key)):
        with client, dial(args.remote, 4430, outgoing) as server:
            splice(client, server)


if __name__ == "__main__":
    main()
