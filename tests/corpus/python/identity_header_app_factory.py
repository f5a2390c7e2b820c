"""School registers on Flask, with a blueprint and a decorator."""

from functools import wraps

from flask import Blueprint, Flask, abort, g, request

classes = Blueprint("classes", __name__)


def teacher(view):
    @wraps(view)
    def inner(*args, **kwargs):
        g.subject = request.headers.get("X-SSL-Client-S-DN")  # expect: MTLS502
        if g.subject is None:
            abort(401)
        return view(*args, **kwargs)

    return inner


@classes.get("/classes/<name>")
@teacher
def register(name):
    return {"class": name, "teacher": g.subject}


def create_app():
    app = Flask(__name__)
    app.register_blueprint(classes)
    return app


if __name__ == "__main__":
    create_app().run(host="0.0.0.0", port=8000)  # expect: MTLS302
