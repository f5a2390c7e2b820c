from http.server import BaseHTTPRequestHandler, HTTPServer


class Feed(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()


def main():
    HTTPServer(("", 8000), Feed).serve_forever()  # expect: MTLS303


main()
