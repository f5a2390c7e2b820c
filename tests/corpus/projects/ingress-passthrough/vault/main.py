import ssl
from http.server import HTTPServer, SimpleHTTPRequestHandler

context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain("tls.crt", "tls.key")
context.load_verify_locations("clients.crt")
context.verify_mode = ssl.CERT_REQUIRED

with HTTPServer(("", 8443), SimpleHTTPRequestHandler) as server:
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
