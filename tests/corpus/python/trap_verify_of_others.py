"""verify=, ssl= and context= of things that are no TLS."""

import jwt
import phonenumbers
import subprocess

from PIL import Image


def claims(token):
    # Read before the issuer is known; checked below.
    unchecked = jwt.decode(token, options={"verify_signature": False})
    return jwt.decode(token, key_of(unchecked["iss"]), algorithms=["RS256"])


def key_of(issuer):
    return {"https://login.example.com": "key"}[issuer]


class Dump:
    def __init__(self, path, verify=True, ssl=None):
        self.path, self.verify, self.ssl = path, verify, ssl

    def restore(self, verify=False):
        command = ["pg_restore", self.path] + (["--verify"] if verify else [])
        return subprocess.run(command, check=False)


def restore_all(paths):
    for path in paths:
        Dump(path, verify=False, ssl=False).restore(verify=False)


def thumbnail(path):
    with Image.open(path) as image:
        image.verify()


def call(number, get):
    """`get` is whatever the caller gave; its verify may mean anything."""
    return get(phonenumbers.parse(number), verify=False)


class Session:
    verify = False

    def __init__(self):
        self.verify = False
        self.check_hostname = False
        self.verify_mode = 0
