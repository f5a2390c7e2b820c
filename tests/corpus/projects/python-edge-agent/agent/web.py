"""Status page."""

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/")
def status():
    return jsonify(state="running")


if __name__ == "__main__":
    app.run(port=6180)
