"""Three ways to try the ferry timetable out on one's own machine."""

from flask import Flask
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler
from werkzeug.serving import make_server


class Timetable(RequestHandler):
    def get(self):
        self.write({"next": "07:40"})


def create_app():
    app = Flask(__name__)

    @app.get("/next")
    def following():
        return {"next": "07:40"}

    return app


def make_application():
    return Application([("/next", Timetable)])


def by_werkzeug():
    server = make_server(host="127.0.0.1", port=5001, app=create_app())
    server.serve_forever()


def by_tornado():
    make_application().listen(5002, address="localhost")
    IOLoop.current().start()


if __name__ == "__main__":
    create_app().run(debug=True)
