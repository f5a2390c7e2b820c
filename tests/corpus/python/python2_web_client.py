# -*- coding: utf-8 -*-
"""Uploads photos; Python 2.7 on the kiosk."""

import httplib
import ssl
import sys
import urllib2


class Upload(object):
    def __init__(self, host, port=443):
        self.host, self.port = host, port

    def connect(self):
        context = ssl.SSLContext(ssl.PROTOCOL_SSLv23)
        context.options |= ssl.OP_NO_SSLv2 | ssl.OP_NO_SSLv3 | ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1
        context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
        return httplib.HTTPSConnection(self.host, self.port, context=context)

    def old(self):
        context = ssl.SSLContext(ssl.PROTOCOL_SSLv3)  # expect: MTLS202
        context.verify_mode = ssl.CERT_REQUIRED
        context.check_hostname = True
        context.load_verify_locations("photos.pem")
        return httplib.HTTPSConnection(self.host, self.port, context=context)

    def send(self, photo):
        connection = self.connect()
        connection.request("PUT", "/%s" % photo.name, photo.read())
        reply = connection.getresponse()
        print "sent %s: %d" % (photo.name, reply.status)
        if reply.status != 201:
            raise IOError, "not stored"


def fetch(url):
    try:
        return urllib2.urlopen(url, context=ssl.create_default_context()).read()
    except urllib2.HTTPError, error:
        print >> sys.stderr, error.code
