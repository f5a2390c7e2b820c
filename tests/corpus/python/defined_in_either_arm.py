"""Backup agent whose helpers are defined one way or the other; either may be the one there is."""

import os
import ssl
import sys
from urllib.request import urlopen

if os.environ.get("BACKUP_TRUST_ALL"):

    def context():
        made = ssl.create_default_context()
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE  # expect: MTLS401
        return made

else:

    def context():
        return ssl.create_default_context()


try:
    from truststore import SSLContext
except ImportError:

    def roots():
        return ssl.create_default_context()

else:

    def roots():
        made = SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        made.load_verify_locations("/etc/backup/ca.pem")
        return made


if sys.version_info >= (3, 10):

    def old():
        return ssl.create_default_context()

elif sys.version_info >= (3, 7):

    def old():
        made = ssl.create_default_context()
        made.check_hostname = False  # expect: MTLS402
        return made

else:

    def old():
        return ssl._create_unverified_context()  # expect: MTLS401


def back_up(url):
    return urlopen(url, context=context())


def restore(url):
    return urlopen(url, context=roots())


def check(url):
    return urlopen(url, context=old())
