"""Takes the proxy's word on who calls, and only the proxy's: both are on one machine."""

import logging

import requests
from flask import Flask, abort, jsonify, request

app = Flask(__name__)
log = logging.getLogger("wiki")
pages = {"Home": "Welcome."}


def caller():
    if request.headers.get("X-SSL-Client-Verify") != "SUCCESS":
        abort(403)
    return request.headers["X-SSL-Client-S-DN"]


@app.get("/pages/<name>")
def read(name):
    log.info("%s reads %s", caller(), name)
    if name not in pages:
        abort(404)
    return pages[name]


@app.put("/pages/<name>")
def write(name):
    log.info("%s writes %s", caller(), name)
    pages[name] = request.get_data(as_text=True)
    return "", 204


@app.get("/related/<name>")
def related(name):
    # Passed on to the search, whose listener is on this machine too.
    answer = requests.get(
        "http://127.0.0.1:9200/related",
        params={"page": name},
        headers={"X-SSL-Client-Verify": "SUCCESS", "X-SSL-Client-S-DN": caller()},
        timeout=5,
    )
    return jsonify(answer.json())


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8010)
