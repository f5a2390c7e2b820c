"""Quiz night scoreboard."""

import collections
import os
import sqlite3

from flask import Flask, abort, g, jsonify, request

app = Flask(__name__)
app.config.from_prefixed_env()
DATABASE = os.environ.get("QUIZ_DB", "quiz.sqlite")


def database():
    if "db" not in g:
        g.db = sqlite3.connect(DATABASE)
        g.db.row_factory = sqlite3.Row
    return g.db


@app.teardown_appcontext
def close(exception):
    db = g.pop("db", None)
    if db is not None:
        db.close()


@app.get("/scores")
def scores():
    total = collections.Counter()
    for row in database().execute("select team, points from answer"):
        total[row["team"]] += row["points"]
    return jsonify(total.most_common())


@app.post("/answers")
def answer():
    body = request.get_json()
    if not body or "team" not in body:
        abort(400)
    with database() as db:
        db.execute("insert into answer values (?, ?)", (body["team"], body.get("points", 0)))
    return "", 204


@app.cli.command("init")
def init():
    with database() as db:
        db.execute("create table answer (team text, points integer)")


if __name__ == "__main__":
    app.run(debug=False, host="0.0.0.0", port=int(os.environ.get("PORT", 5000)))  # expect: MTLS302
