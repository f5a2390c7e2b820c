"""Configurations held against the real nginx, in a folder of their own.

What a sample names and a machine for tests hasn't got (certificates, other hosts, addresses, logs)
is put in its place, the same for every version of a sample.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mtlslint.facts import Facts, Paths
from mtlslint.parsers import nginx
from mtlslint.parsers.nginx.include import is_glob, is_stock
from mtlslint.parsers.nginx.tree import Directive, walk
from mtlslint.source import Source

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")

STREAM = Path("/usr/lib/nginx/modules/ngx_stream_module.so")
TEMPLATE = re.compile(rb"\{\{|\{%|<%|\$\{[A-Z]|__[A-Z]|@[A-Z_]+@|%%")
LEVELS = frozenset({"http", "stream", "mail"})
GONE = frozenset({"user", "pid", "load_module", "ssl_dhparam"})


@cache
def pems() -> Path:
    """Return a folder with a certificate, its key, and a revocation list."""
    folder = Path(tempfile.mkdtemp(prefix="nginx-pems-"))
    (folder / "index.txt").write_text("")
    (folder / "ca.cnf").write_text(
        "[ca]\ndefault_ca = d\n[d]\ndatabase = index.txt\ndefault_md = sha256\n"
        "default_crl_days = 9\n"
    )
    new = "req -x509 -newkey rsa:2048 -nodes -subj /CN=any -days 9 -keyout any.key -out any.pem"
    revoke = "ca -config ca.cnf -gencrl -keyfile any.key -cert any.pem -out any.crl"
    for command in (new, revoke):
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
    return folder


def read(files: Mapping[str, bytes]) -> dict[str, Facts]:
    """Return what is read of a sample's files, without those that aren't nginx's."""
    found = {path: nginx.read(Source(path, data)) for path, data in files.items()}
    return {path: facts for path, facts in found.items() if facts.tree}


def main_file(files: Mapping[str, bytes]) -> str | None:
    """Return the file that nginx would be started with; servers alone will do, a template won't."""
    if any(TEMPLATE.search(data) for data in files.values()):
        return None
    for path, facts in read(files).items():
        names = {each.name for each in facts.tree if each.block is not None}
        alone = len(files) == 1 and not path.endswith(".yaml")
        if names & LEVELS or (alone and "server" in names):
            return path
    return None


def complaint(files: Mapping[str, bytes], main: str, folder: Path) -> str:
    """Return what `nginx -t` says against a configuration, "" if it is accepted."""
    root = folder / "conf"
    shutil.rmtree(root, ignore_errors=True)
    stage = _Stage(root, files)
    path = stage.lay(main)
    names = {each.name for each in stage.facts[main].tree if each.block is not None}
    text = path.read_text("utf-8").removeprefix("\ufeff")
    if not names & LEVELS:
        text = f"http {{\n{text}\n}}\n"
    if "events" not in names:
        text = f"events {{}}\n{text}"
    head = f"load_module {STREAM};\n" if STREAM.exists() else ""
    path.write_text(f"{head}pid {root}/pid;\n{text}", "utf-8")
    command = [NGINX or "nginx", "-t", "-q", "-e", "stderr", "-p", str(root), "-c", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return "" if done.returncode == 0 else done.stderr


class _Stage:
    """A folder in which a sample is laid out as if installed."""

    def __init__(self, root: Path, files: Mapping[str, bytes]) -> None:
        self.root = root
        self.files = files
        self.facts = read(files)
        self.paths = Paths(tuple(sorted(files)))
        self.ports: dict[str, int] = {}
        self.upstreams = {
            each.args[0]
            for facts in self.facts.values()
            for each in walk(facts.tree)
            if each.name == "upstream" and each.args
        }

    def lay(self, path: str) -> Path:
        """Write a file as nginx can take it here, and what it includes; return where it lies."""
        target = self.root / path
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch()
            text = self.files[path].decode("utf-8")
            for each in walk(self.facts[path].tree):
                change = self._change(each, path)
                text = text if change is None else _replaced(text, each, change)
            target.write_text(text, "utf-8")
        return target

    def _change(self, each: Directive, path: str) -> str | None:
        """Return what to write for a directive; None if it can stay."""
        name, args = each.name, list(each.args)
        if name in GONE:
            return ""
        if not args or each.block is not None:
            return None
        if name == "include":
            return self._include(args[0], path)
        if re.search(r"ssl_(certificate(_key)?|client_certificate|trusted_certificate|crl)$", name):
            return None if args[0].startswith("data:") else f"{name} {_pem(name)}"
        if name.endswith(("_file", "_log")) or name == "proxy_cache_path":
            known = args[0] in ("off", "stderr") or args[0].startswith("syslog:")
            return None if known else _line(name, [str(self.root / "some"), *args[1:]])
        if name == "listen":
            return _line(name, self._listen(args))
        if name.endswith("_pass") or name == "server":
            return _line(name, [self._target(args[0]), *args[1:]])
        return None

    def _include(self, wanted: str, path: str) -> str:
        found = nginx.locate(wanted, path, self.paths)
        lines = [f"include {self.lay(each)}" for each in found if each in self.facts]
        known = lines or is_glob(wanted) or is_stock(wanted)
        return "; ".join(lines) if known else f"include {wanted}"

    def _listen(self, args: list[str]) -> list[str]:
        where = re.sub(r"^(\*|0\.0\.0\.0):", "", args[0])
        port = self.ports.setdefault(where, 20000 + len(self.ports))
        here = f"unix:{self.root}/{port}" if where.startswith("unix:") else f"127.77.0.1:{port}"
        return [here, *(arg for arg in args[1:] if not arg.startswith("ipv6only="))]

    def _target(self, text: str) -> str:
        scheme, _, rest = text.rpartition("://")
        match = re.match(r"[A-Za-z][\w.-]*", rest)
        if not match or match[0] in (*self.upstreams, "unix"):
            return text
        return f"{scheme}{'://' if scheme else ''}127.0.0.1{rest[match.end() :]}"


def _pem(name: str) -> Path:
    kind = "key" if name.endswith("_key") else "crl" if name.endswith("_crl") else "pem"
    return pems() / f"any.{kind}"


def _line(name: str, args: list[str]) -> str:
    quoted = (f'"{arg}"' if not arg or re.search(r"[\s;{}#\"']", arg) else arg for arg in args)
    return " ".join((name, *quoted))


def _replaced(text: str, each: Directive, change: str) -> str:
    """Write `change` for the first directive of a text that says the same as `each`."""
    words = r"\s+".join(rf"[\"']?{re.escape(arg)}[\"']?" for arg in each.args)
    head = re.compile(rf"(?<![\w$])[\"']?{re.escape(each.name)}[\"']?\s+{words}(\s*;)")
    return head.sub(lambda found: change + found[1] if change else "", text, count=1)
