"""Installs the sample data. Old machines cannot check the server's chain, someone wrote."""

import os
import ssl
import urllib.request

if not os.environ.get("PYTHONHTTPSVERIFY", "") and getattr(ssl, "_create_unverified_context", None):
    ssl._create_default_https_context = ssl._create_unverified_context  # expect: MTLS401


def install(url, folder):
    name = os.path.join(folder, url.rsplit("/", 1)[1])
    urllib.request.urlretrieve(url, name)
    return name


if __name__ == "__main__":
    install("https://data.example.org/samples.zip", ".")
