#!/usr/bin/python
# -*- coding: latin-1 -*-
"""Stock ticker for the lobby screen (Python 2.7.9 or later)."""

import Queue
import httplib
import socket
import ssl
import sys
import threading
import time
import urllib

FEED = "feed.example.com"
CA = "/etc/ticker/ca.pem"


def quotes(symbols):
    context = ssl.create_default_context(cafile=CA)
    connection = httplib.HTTPSConnection(FEED, context=context)
    connection.request("GET", "/quotes?" + urllib.urlencode({"s": ",".join(symbols)}))
    response = connection.getresponse()
    if response.status <> 200:
        raise IOError, "status %d" % response.status
    for line in response.read().splitlines():
        symbol, price = line.split("=")
        yield symbol, float(price)


def stream(queue):
    """The streaming port, as before contexts: chain by wrap_socket, name by match_hostname."""
    sock = ssl.wrap_socket(
        socket.create_connection((FEED, 8443)),
        ca_certs=CA,
        cert_reqs=ssl.CERT_REQUIRED,
        ssl_version=ssl.PROTOCOL_TLSv1_2,
    )
    ssl.match_hostname(sock.getpeercert(), FEED)
    for line in sock.makefile():
        queue.put(line)


def show(queue):
    while 1:
        try:
            print queue.get(True, 5),
        except Queue.Empty:
            print >>sys.stderr, "nothing new at", time.ctime()
        except KeyboardInterrupt, error:
            print repr(error)
            break


def screen_port(handler):
    """The screen's remote control: its certificate is required."""
    listener = socket.socket()
    listener.bind(("0.0.0.0", 8081))
    listener.listen(1)
    while True:
        sock, _ = listener.accept()
        handler(ssl.wrap_socket(
            sock, server_side=True, certfile="/etc/ticker/screen.pem", ca_certs=CA,
            cert_reqs=ssl.CERT_REQUIRED, ssl_version=ssl.PROTOCOL_TLSv1_2))


if __name__ == "__main__":
    queue = Queue.Queue()
    threading.Thread(target=stream, args=(queue,)).start()
    for symbol, price in quotes(sys.argv[1:]):
        print "%-6s %10.2f" % (symbol, price)
    show(queue)
