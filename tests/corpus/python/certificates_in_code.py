"""License check. Certificates and public keys may be public; private keys are only talked about."""

import base64
import re
import ssl
import urllib.request

ISSUER = """-----BEGIN CERTIFICATE-----
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

VERIFY_KEY = b"""-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEALe6az/71wo1GCw9h6CaTPjb7gcDyLKAlGk4JBPxYopo=
-----END PUBLIC KEY-----
"""

BEGIN = "-----BEGIN PRIVATE KEY-----"
END = "-----END PRIVATE KEY-----"
LEAK = re.compile(r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----")

USAGE = """
Put your key into key.pem. It looks like this:

    -----BEGIN PRIVATE KEY-----
    ...
    -----END PRIVATE KEY-----
"""


def to_pem(der: bytes) -> str:
    """Wrap a key that the user's token gave us."""
    text = base64.b64encode(der).decode()
    lines = [text[i : i + 64] for i in range(0, len(text), 64)]
    return "\n".join([BEGIN, *lines, END, ""])


def load(path: str) -> str:
    with open(path, encoding="ascii") as file:
        text = file.read()
    if not text.startswith((BEGIN, "-----BEGIN EC PRIVATE KEY-----")):
        raise SystemExit(USAGE)
    return text


def refuse_leaks(report: str) -> str:
    return LEAK.sub("[key removed]", report)


def send(report: str, key_path: str) -> int:
    context = ssl.create_default_context(cadata=ISSUER)
    context.load_cert_chain("license.pem", key_path)
    request = urllib.request.Request(
        "https://license.example.com/v2/report", data=refuse_leaks(report).encode()
    )
    with urllib.request.urlopen(request, context=context) as response:
        return response.status


def verify_key() -> bytes:
    body = b"".join(VERIFY_KEY.splitlines()[1:-1])
    return base64.b64decode(body)[-32:]
