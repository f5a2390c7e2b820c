"""Serves firmware images to installers in the field."""

import argparse
import functools
import http.server
import os
import pathlib
import ssl


class ImageHandler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {"": "application/octet-stream", ".txt": "text/plain"}

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def list_directory(self, path):
        names = sorted(os.listdir(path))
        body = "\n".join(names).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def handler(folder):
    return functools.partial(ImageHandler, directory=str(folder))


def plain(folder):
    server = http.server.ThreadingHTTPServer(("", 8000), handler(folder))  # expect: MTLS302
    server.serve_forever()


def with_tls(folder):
    server = http.server.ThreadingHTTPServer(("", 4443), handler(folder))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # expect: MTLS103 MTLS201
    context.load_cert_chain("server.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


def with_installers(folder):
    with http.server.HTTPServer(("0.0.0.0", 5443), handler(folder)) as server:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain("server.pem")
        context.load_verify_locations("installers.pem")  # expect: MTLS104
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.serve_forever()


def on_bench(folder):
    server = http.server.HTTPServer(("127.0.0.1", 8000), handler(folder))
    server.serve_forever()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--how", choices=["plain", "tls", "installers", "bench"])
    args = parser.parse_args()
    serve = {"plain": plain, "tls": with_tls, "installers": with_installers}
    serve.get(args.how, on_bench)(args.folder)


if __name__ == "__main__":
    main()
