"""Old ovens: MINIMUM_SUPPORTED opens what Python 3.10 closed, and says so nowhere."""

import socket
import ssl


class Oven:
    floor = ssl.TLSVersion.MINIMUM_SUPPORTED

    def __init__(self, host):
        self.host = host
        self.context = ssl.create_default_context(cafile="ovens.pem")
        self.context.minimum_version = self.floor  # expect: MTLS202

    def heat(self, degrees):
        with socket.create_connection((self.host, 5000)) as raw:
            with self.context.wrap_socket(raw, server_hostname=self.host) as tls:
                tls.sendall(b"%d" % degrees)


class NewOven(Oven):
    def __init__(self, host):
        super().__init__(host)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3


if __name__ == "__main__":
    NewOven("oven.example.net").heat(180)
    Oven("old.example.net").heat(180)
