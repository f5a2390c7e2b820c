"""Installs the models of a language toolkit, on machines old and new."""

import argparse
import hashlib
import ssl
import tempfile
import urllib.request
import zipfile

INDEX = "https://models.example.edu/index.txt"


def forgive():
    """The recipe that has been passed on since Python 2.7.9."""
    try:
        unverified = ssl._create_unverified_context
    except AttributeError:
        # Versions that never verified.
        pass
    else:
        ssl._create_default_https_context = unverified  # expect: MTLS401


def index():
    models = {}
    with urllib.request.urlopen(INDEX) as response:
        for line in response.read().decode().splitlines():
            name, digest, url = line.split()
            models[name] = (digest, url)
    return models


def install(name, folder):
    digest, url = index()[name]
    with tempfile.NamedTemporaryFile(suffix=".zip") as archive:
        with urllib.request.urlopen(url) as response:
            data = response.read()
        if hashlib.sha256(data).hexdigest() != digest:
            raise ValueError(f"{name}: digest differs")
        archive.write(data)
        archive.flush()
        zipfile.ZipFile(archive.name).extractall(folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("models", nargs="+")
    parser.add_argument("--folder", default="models")
    parser.add_argument("--no-check-certificate", action="store_true")
    args = parser.parse_args()
    if args.no_check_certificate:
        forgive()
    for name in args.models:
        install(name, args.folder)


if __name__ == "__main__":
    main()
