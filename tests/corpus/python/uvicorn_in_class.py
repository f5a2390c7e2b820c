"""Control room: a class that owns its server."""

import ssl
import threading

import uvicorn


class Panel:
    host = "0.0.0.0"
    port = 8443
    cert_reqs = ssl.CERT_OPTIONAL

    def __init__(self, app):
        self.app = app
        self.server = None

    def start(self):
        config = uvicorn.Config(
            self.app,
            host=self.host,
            port=self.port,
            ssl_certfile="panel.pem",
            ssl_keyfile="panel.key",
            ssl_ca_certs="panels.pem",
            ssl_cert_reqs=self.cert_reqs,  # expect: MTLS101
        )
        self.server = uvicorn.Server(config)
        threading.Thread(target=self.server.run).start()


class Strict(Panel):
    def start(self):
        uvicorn.run(
            self.app,
            host=self.host,
            port=8444,
            ssl_certfile="panel.pem",
            ssl_keyfile="panel.key",
            ssl_ca_certs="panels.pem",
            ssl_cert_reqs=ssl.CERT_REQUIRED,
        )
