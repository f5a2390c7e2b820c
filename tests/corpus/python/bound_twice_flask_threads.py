"""Fish market on werkzeug: the same application on two ports."""

import ssl
import threading

from flask import Flask, jsonify
from werkzeug.serving import make_server

app = Flask(__name__)


@app.get("/catch")
def catch():
    return jsonify([])


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="boats.pem")
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_cert_chain("market.pem")
    return made


def main():
    tls = make_server("0.0.0.0", 8443, app, ssl_context=context())
    threading.Thread(target=tls.serve_forever).start()
    plain = make_server("0.0.0.0", 8080, app)  # expect: MTLS105 MTLS302
    plain.serve_forever()


if __name__ == "__main__":
    main()
