"""Voicemail mirror: a public function whose switch its own callers leave alone."""

import ssl
from urllib.request import Request, urlopen


def open_url(url, check=True):
    context = ssl.create_default_context()
    if not check:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return urlopen(Request(url), context=context)


def messages(box):
    return open_url(f"https://voice.example.net/{box}").read()


class Mirror:
    def fetch(self, url, trust_all=False):
        context = ssl._create_unverified_context() if trust_all else None  # expect: MTLS401
        return urlopen(url, context=context)

    def all(self, boxes):
        return [self.fetch(f"https://voice.example.net/{box}") for box in boxes]
