"""Configurations held against the real nginx, in a folder of their own.

Certificates, hosts, addresses and logs that a sample names are not here. Something that is stands
in for them, byte for byte the same in every version of a sample.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from zlib import crc32

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")

MODULES = Path("/usr/lib/nginx/modules")
STOCK = ("mime.types", "fastcgi_params", "uwsgi_params", "scgi_params", "proxy_params")
GONE = re.compile(
    rb"^\s*(?:load_module|user|pid|ssl_crl|ssl_dhparam|ssl_stapling\w*)\b[^;]*;", re.MULTILINE
)
PEM = re.compile(rb"(\w*ssl_(?:client_|trusted_)?certificate(?:_key)?\"?\s+)[^;{}]+;")
HOST = re.compile(rb"(://|\bserver\s+)[A-Za-z][\w-]*(?:\.[\w-]+)+(?=[:/;\s])")
LISTEN = re.compile(rb"\blisten(\s+)([^;\s]+)")
INCLUDE = re.compile(rb"\binclude(\s+)([^;\s]+)")
PORT = re.compile(rb"(?:(.*):)?(\d+)$")


@cache
def certificate(folder: Path) -> Path:
    """Return a file with a key and a certificate."""
    key, pem = folder / "any.key", folder / "any.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=x"]
    command = ["openssl", *made, "-keyout", str(key), "-out", str(pem)]
    subprocess.run(command, check=True, capture_output=True)
    pem.write_bytes(key.read_bytes() + pem.read_bytes())
    return pem


def main_file(files: Mapping[str, bytes]) -> str | None:
    """Return the file of a sample that nginx would be started with."""
    names = ["nginx.conf"] if "nginx.conf" in files else [*files] if len(files) == 1 else []
    return next((name for name in names if name.endswith(".conf")), None)


def complaint(files: Mapping[str, bytes], main: str, folder: Path) -> str:
    """Return what `nginx -t` says against a configuration, "" if it is accepted."""
    pem = certificate(folder)
    root = folder / "conf"
    shutil.rmtree(root, ignore_errors=True)
    for name, data in {**dict.fromkeys(STOCK, b""), **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_substituted(data, files, pem))
    (root / main).write_bytes(_whole((root / main).read_bytes()))
    command = [NGINX or "nginx", "-t", "-q", "-p", str(root), "-c", str(root / main)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return "" if done.returncode == 0 else done.stderr


def _whole(text: bytes) -> bytes:
    """Return a main file made of servers alone, or of a main file."""
    text = text.removeprefix(b"\xef\xbb\xbf")
    if not re.search(rb"^\s*(?:http|stream|mail)\s*\{", text, re.MULTILINE):
        text = b"http {\n" + text + b"\n}\n"
    if not re.search(rb"^\s*events\s*\{", text, re.MULTILINE):
        text = b"events {}\n" + text
    modules = "".join(f"load_module {path};\n" for path in sorted(MODULES.glob("*.so")))
    return modules.encode() + b"pid pid;\n" + text


def _substituted(data: bytes, files: Mapping[str, bytes], pem: Path) -> bytes:
    data = GONE.sub(b"", data)
    data = PEM.sub(rb"\g<1>" + str(pem).encode() + b";", data)
    data = re.sub(rb"\baccess_log\s+[^;]*;", b"access_log off;", data)
    data = re.sub(rb"\berror_log\s+[^;]*;", b"error_log /dev/null;", data)
    data = HOST.sub(rb"\g<1>127.0.0.1", data)
    data = INCLUDE.sub(lambda found: b"include" + found[1] + _here(found[2], files), data)
    return LISTEN.sub(lambda found: b"listen" + found[1] + _address(found[2]), data)


def _here(reference: bytes, files: Mapping[str, bytes]) -> bytes:
    """Return the part of an installed path under which the sample, or nginx, has it."""
    parts = reference.decode().strip("\"'").split("/")
    for start in range(len(parts)):
        name = "/".join(parts[start:])
        if any(fnmatch(known, name) for known in (*files, *STOCK)):
            return name.encode()
    return reference


def _address(where: bytes) -> bytes:
    """Return an address of this host, each with its own, and a port that needs no rights."""
    number = crc32(where) % 10_000
    found = PORT.fullmatch(where)
    if where.startswith(b"unix:") or found is None:
        return b"unix:%d.sock" % number if where.startswith(b"unix:") else where
    host = crc32(found[1]) % 250 + 2 if found[1] else 1
    return b"127.0.0.%d:%d" % (host, 20_000 + int(found[2]) % 20_000)
