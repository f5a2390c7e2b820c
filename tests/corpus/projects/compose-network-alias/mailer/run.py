from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler


class Queue(RequestHandler):
    def get(self):
        self.write({"queued": 0})


def main() -> None:
    server = HTTPServer(Application([(r"/queue", Queue)]))  # expect: MTLS303
    server.listen(8025)
    IOLoop.current().start()


if __name__ == "__main__":
    main()
