#!/usr/bin/env python2
# -*- coding: utf-8 -*-
"""Deployment agent, still on the machines that have nothing newer."""

import SocketServer
import json
import os
import socket
import ssl
import subprocess
import sys
import urllib2

MASTER = ("deploy.example.com", 4505)
STATE = "/var/lib/deploy/state.json"


def connect_old():
    sock = socket.create_connection(MASTER)
    return ssl.wrap_socket(sock, ssl_version=ssl.PROTOCOL_TLSv1)  # expect: MTLS404 MTLS202


def connect():
    sock = socket.create_connection(MASTER)
    return ssl.wrap_socket(
        sock,
        ssl_version=ssl.PROTOCOL_TLSv1_2,
        cert_reqs=ssl.CERT_NONE,  # expect: MTLS401
    )


def fetch(url):
    try:
        reply = urllib2.urlopen(url, context=ssl._create_unverified_context())  # expect: MTLS401
    except urllib2.URLError, error:
        print >>sys.stderr, "cannot fetch %s: %s" % (url, error.reason)
        raise SystemExit, 1
    return reply.read()


class Command(SocketServer.StreamRequestHandler):
    def handle(self):
        order = json.loads(self.rfile.readline())
        print "order %r from %s" % (order.get("name"), self.client_address[0])
        if order.has_key("script"):
            code = subprocess.call(["/usr/lib/deploy/" + os.path.basename(order["script"])])
            self.wfile.write(json.dumps({"code": code}) + "\n")


class Listener(SocketServer.ThreadingMixIn, SocketServer.TCPServer):
    allow_reuse_address = True

    def get_request(self):
        sock, address = SocketServer.TCPServer.get_request(self)
        wrapped = ssl.wrap_socket(
            sock,
            server_side=True,
            certfile="/etc/deploy/agent.pem",
            ca_certs="/etc/deploy/masters.pem",
            cert_reqs=ssl.CERT_OPTIONAL,  # expect: MTLS101
            ssl_version=ssl.PROTOCOL_TLSv1_2,
        )
        return wrapped, address


def main():
    if not os.path.exists(STATE):
        with open(STATE, "w") as state:
            state.write(fetch("https://deploy.example.com/state.json"))
    link = connect_old() if "--old" in sys.argv else connect()
    link.sendall(u"hello ü\n".encode("utf-8"))
    print "serving, mode", 0755
    Listener(("0.0.0.0", 4506), Command).serve_forever()


if __name__ == "__main__":
    main()
