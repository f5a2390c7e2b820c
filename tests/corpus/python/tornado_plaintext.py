"""Live captions: a tornado application without TLS."""

import asyncio

import tornado.ioloop
import tornado.web
import tornado.websocket

captions = []


class Captions(tornado.web.RequestHandler):
    def get(self):
        since = int(self.get_argument("since", "0"))
        self.write({"lines": captions[since:]})

    def post(self):
        captions.append(self.request.body.decode())
        Feed.broadcast(captions[-1])


class Feed(tornado.websocket.WebSocketHandler):
    watching = set()

    @classmethod
    def broadcast(cls, line):
        for socket in cls.watching:
            socket.write_message(line)

    def open(self):
        self.watching.add(self)

    def on_close(self):
        self.watching.discard(self)


async def main():
    app = tornado.web.Application(
        [(r"/captions", Captions), (r"/feed", Feed)],
        websocket_ping_interval=20,
    )
    app.listen(8888)  # expect: MTLS302
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
