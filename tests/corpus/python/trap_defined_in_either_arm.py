"""Backup agent whose helpers are defined one way or the other, and check both ways."""

import ssl
import sys
from urllib.request import urlopen

if sys.platform == "win32":

    def context():
        made = ssl.create_default_context()
        made.load_default_certs()
        return made

else:

    def context():
        return ssl.create_default_context(cafile="/etc/backup/ca.pem")


def unused():
    return ssl.create_default_context()


def unused():  # noqa: F811
    made = ssl.create_default_context()
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    return made


def back_up(url):
    return urlopen(url, context=context())


def restore(url):
    return urlopen(url, context=unused())
