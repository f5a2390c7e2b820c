"""Lost and found on Flask, with certificates for the offices."""

import ssl

from flask import Flask, jsonify
from werkzeug.serving import make_server, run_simple

app = Flask(__name__)
things = []


@app.get("/things")
def list_things():
    return jsonify(things)


def offices():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain("office.pem", "office.key")
    context.load_verify_locations(cafile="offices.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def main():
    app.run("0.0.0.0", 8443, ssl_context=offices())


def main_for_guests():
    context = offices()
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    app.run(host="0.0.0.0", port=8444, ssl_context=context)


def simple():
    run_simple("0.0.0.0", 8080, app)  # expect: MTLS302


def thread():
    make_server("127.0.0.1", 8081, app).serve_forever()


if __name__ == "__main__":
    main()
