"""Uploads scans to the archive. The purpose names the *other* side, which is easily mixed up."""

import http.client
import mimetypes
import pathlib
import ssl
import sys

ARCHIVE = "archive.example.org"


def context_for_upload(cert, key):
    # "We authenticate as a client", so CLIENT_AUTH? No: that is a server's context.
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)  # expect: MTLS404
    context.load_cert_chain(cert, key)
    return context


def context_for_search(ca):
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=ca)
    return context


def context_for_status(ca):
    """The same constructor, with everything set that it leaves out."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ca)
    context.check_hostname = True
    assert context.verify_mode == ssl.CERT_REQUIRED
    return context


class Archive:
    def __init__(self, cert, key, ca):
        self.upload_connection = http.client.HTTPSConnection(
            ARCHIVE, context=context_for_upload(cert, key)
        )
        self.search_connection = http.client.HTTPSConnection(
            ARCHIVE, context=context_for_search(ca)
        )
        self.status_connection = http.client.HTTPSConnection(
            ARCHIVE, 8443, context=context_for_status(ca)
        )

    def upload(self, path):
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.upload_connection.request(
            "PUT", f"/scans/{path.name}", path.read_bytes(), {"Content-Type": kind}
        )
        response = self.upload_connection.getresponse()
        response.read()
        return response.status

    def search(self, words):
        self.search_connection.request("GET", "/scans?q=" + "+".join(words))
        return self.search_connection.getresponse().read().decode()

    def healthy(self):
        self.status_connection.request("HEAD", "/")
        return self.status_connection.getresponse().status < 400


if __name__ == "__main__":
    archive = Archive("scanner.pem", "scanner.key", "archive-ca.pem")
    for name in sys.argv[1:]:
        print(name, archive.upload(pathlib.Path(name)))
