"""Pharmacy orders. The proxy checks certificates, it says."""

import functools
import sqlite3

from flask import Flask, abort, g, jsonify, request

app = Flask(__name__)


def pharmacy_required(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        # Set by nginx from $ssl_client_verify.
        if request.headers.get("X-SSL-Client-Verify") != "SUCCESS":  # expect: MTLS502
            abort(403)
        return view(*args, **kwargs)

    return wrapper


def db():
    if "db" not in g:
        g.db = sqlite3.connect("orders.sqlite")
    return g.db


@app.get("/orders")
@pharmacy_required
def orders():
    rows = db().execute("select id, drug, packs from orders order by id").fetchall()
    return jsonify([{"id": i, "drug": drug, "packs": packs} for i, drug, packs in rows])


@app.post("/orders")
@pharmacy_required
def order():
    body = request.get_json()
    with db() as connection:
        connection.execute(
            "insert into orders (drug, packs) values (?, ?)", (body["drug"], body["packs"])
        )
    return "", 201


@app.teardown_appcontext
def close(error):
    connection = g.pop("db", None)
    if connection is not None:
        connection.close()


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8080)  # expect: MTLS302
