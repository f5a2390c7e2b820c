"""Archive on Tornado behind a proxy that speaks mutual TLS."""

import tornado.ioloop
import tornado.web


class Base(tornado.web.RequestHandler):
    def prepare(self):
        self.subject = self.request.headers.get("X-Forwarded-Client-Cert")  # expect: MTLS502
        if not self.subject:
            raise tornado.web.HTTPError(401)


class Box(Base):
    def get(self, number):
        self.write({"box": number, "for": self.subject})


def main():
    application = tornado.web.Application([(r"/boxes/(\d+)", Box)])
    application.listen(8880)  # expect: MTLS302
    tornado.ioloop.IOLoop.current().start()


if __name__ == "__main__":
    main()
