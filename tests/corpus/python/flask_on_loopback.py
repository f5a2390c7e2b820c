"""Desktop helper: the browser extension talks to it on this machine."""

import secrets
import ssl
import sys

from flask import Flask, jsonify, request

app = Flask(__name__)
TOKEN = secrets.token_urlsafe(16)


@app.before_request
def check_token():
    if request.headers.get("X-Token") != TOKEN:
        return jsonify(error="token"), 403
    return None


@app.get("/clipboard")
def clipboard():
    return jsonify(text="")


@app.post("/open")
def open_document():
    return jsonify(opened=request.json["name"])


def plain():
    # Flask's default address is 127.0.0.1.
    app.run(port=5005)


def plain_explicit():
    app.run("127.0.0.1", 5005, debug=True)


def adhoc():
    app.run(host="localhost", port=5006, ssl_context="adhoc")


def pair():
    app.run(port=5006, ssl_context=("helper.pem", "helper.key"))


def mutual():
    """The phone app comes over the network, with the certificate it got when it was paired."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="paired.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain("helper.pem", "helper.key")
    app.run(host="0.0.0.0", port=5007, ssl_context=context)


if __name__ == "__main__":
    print("token:", TOKEN)
    {"adhoc": adhoc, "pair": pair, "mutual": mutual, "debug": plain_explicit}.get(
        sys.argv[-1], plain
    )()
