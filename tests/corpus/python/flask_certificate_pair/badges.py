"""Prints badges at the front desk."""

import queue
import threading

from flask import Flask, jsonify, request

from printer import Printer

app = Flask(__name__)
jobs = queue.Queue()


@app.route("/badges", methods=["POST"])
def badge():
    body = request.get_json(force=True)
    jobs.put((body["name"], body.get("company", "")))
    return jsonify(waiting=jobs.qsize()), 202


@app.route("/badges")
def waiting():
    return jsonify(waiting=jobs.qsize())


def work():
    printer = Printer("/dev/usb/lp0")
    while True:
        printer.badge(*jobs.get())
        jobs.task_done()


def main():
    threading.Thread(target=work, daemon=True).start()
    app.run(host="0.0.0.0", port=8443, ssl_context=("desk.pem", "desk.key"))  # expect: MTLS103


def main_without_certificate():
    threading.Thread(target=work, daemon=True).start()
    app.run(host="0.0.0.0", port=8444, ssl_context="adhoc")  # expect: MTLS103


if __name__ == "__main__":
    main()
