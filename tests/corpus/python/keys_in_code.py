"""Demo appliance: identity baked into the program, so that it works out of the box."""

import base64
import ssl
import tempfile
from http.server import BaseHTTPRequestHandler, HTTPServer

APPLIANCE_CERT = """-----BEGIN CERTIFICATE-----
MIIBvDCCAWOgAwIBAgIUTNcMLR61p93BMnjqt/bfqdcq8lIwCgYIKoZIzj0EAwIw
NDEbMBkGA1UECgwSTm90IEEgUmVhbCBDb21wYW55MRUwEwYDVQQDDAxmYWtlLmV4
YW1wbGUwHhcNMjYxMTIxMjI1NjQ5WhcNMzYxMTE4MjI1NjQ5WjA0MRswGQYDVQQK
DBJOb3QgQSBSZWFsIENvbXBhbnkxFTATBgNVBAMMDGZha2UuZXhhbXBsZTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABFDGuMQK5mSueY44HQJhorLO450xWxQ4vUry
HIq+UXhZfiYfYcWs7Uk+WAl+aGX6sLbysCZCAzdD0D5l/FsoVpyjUzBRMB0GA1Ud
DgQWBBR00A2MN3j6hOXU0rjqNPfXmZGsjzAfBgNVHSMEGDAWgBR00A2MN3j6hOXU
0rjqNPfXmZGsjzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIA1f
nt5ZAbcDnhxb4fZQhik/zfWTF439hABYhZc3F4V7AiAUpdz3ILehllRnvGvP1rEZ
4FSZH+XgGSm2YQ20SHIejg==
-----END CERTIFICATE-----
"""

# expect: MTLS602
APPLIANCE_KEY = """-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIKLD2FHJgYoNnYOXp+RGOY8qxEaRcnHm2alVExqK4sXToAoGCCqGSM49
AwEHoUQDQgAEUMa4xArmZK55jjgdAmGiss7jnTFbFDi9SvIcir5ReFl+Jh9hxazt
ST5YCX5oZfqwtvKwJkIDN0PQPmX8WyhWnA==
-----END EC PRIVATE KEY-----
"""

# The support team's key, in the form that the field tool takes.
# expect: MTLS602
SUPPORT_KEY = b"""-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIP085W1v0S+w6kr3PbaELMwHvQZJx7QTM6kO2Ya/jqlq
-----END PRIVATE KEY-----
"""

UPDATE_PUBLIC_KEY = """-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEALe6az/71wo1GCw9h6CaTPjb7gcDyLKAlGk4JBPxYopo=
-----END PUBLIC KEY-----
"""


def recovery_key():
    # expect: MTLS602
    return base64.b64decode("LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1DNENBUUF3QlFZREsyVndCQ0lFSUJhSDNJRWVJS1NxdGcxM2YyM1EzRDVHMzdiR0xCK2ZWNG82d3AxeG9GM1cKLS0tLS1FTkQgUFJJVkFURSBLRVktLS0tLQo=")


class Status(BaseHTTPRequestHandler):
    def do_GET(self):
        body = UPDATE_PUBLIC_KEY.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cadata=APPLIANCE_CERT)
    made.verify_mode = ssl.CERT_REQUIRED
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as pem:
        pem.write(APPLIANCE_CERT + APPLIANCE_KEY)
        pem.flush()
        made.load_cert_chain(pem.name)
    return made


def main():
    server = HTTPServer(("0.0.0.0", 8443), Status)
    server.socket = context().wrap_socket(server.socket, server_side=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
