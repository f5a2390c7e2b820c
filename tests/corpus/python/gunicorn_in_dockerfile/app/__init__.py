"""Departures board."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def board():
    return "on time"
