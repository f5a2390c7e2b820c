"""Every sample that is a whole configuration is one: nginx itself takes it.

What a machine for tests hasn't got is put in its place: certificates, folders, other hosts, free
ports. A sample that this nginx can't take says in its first line why (`# Needs ...`).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from mtlslint.facts import Facts, Paths
from mtlslint.parsers import nginx
from mtlslint.parsers.nginx.include import is_glob, is_stock
from mtlslint.parsers.nginx.tree import Directive, walk
from mtlslint.source import Source
from test_corpus import CASES, project

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
OPENSSL = shutil.which("openssl")
STREAM = Path("/usr/lib/nginx/modules/ngx_stream_module.so")
EXCUSE = re.compile(r"# (?:Needs|Refused by nginx)")
TEMPLATE = re.compile(rb"\{\{|\{%|<%|\$\{[A-Z]|__[A-Z]|@[A-Z_]+@|%%")
LEVELS = frozenset({"http", "stream", "mail"})

pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="no nginx or no openssl")


def facts_of(case: Path) -> dict[str, Facts]:
    """Return what is read of a sample's files."""
    files = project(case)
    found = {path: nginx.read(Source(path, data)) for path, data in files.items()}
    return {path: each for path, each in found.items() if each.tree}


def main_file(case: Path) -> str:
    """Return the file that is a configuration of its own, "" if the sample holds none."""
    for path, facts in facts_of(case).items():
        names = {each.name for each in facts.tree if each.block is not None}
        alone = case.is_file() and not path.endswith(".yaml")
        if names & LEVELS or (alone and "server" in names):
            return path
    return ""


def whole() -> Iterator[Path]:
    """Yield the samples that nginx can be given."""
    for case in CASES:
        files = project(case)
        plain = not any(TEMPLATE.search(data) for data in files.values())
        if case.parent.name == "nginx" and plain and main_file(case):
            if not EXCUSE.match(files[main_file(case)].decode("utf-8", "replace")):
                yield case


class Stage:
    """A folder in which a sample is laid out as if installed."""

    def __init__(self, folder: Path, case: Path) -> None:
        self.folder = folder
        self.files = project(case)
        self.facts = facts_of(case)
        self.paths = Paths(tuple(sorted(self.files)))
        self.ports: dict[str, int] = {}
        self.done: set[str] = set()
        self.upstreams = {
            each.args[0]
            for facts in self.facts.values()
            for each in walk(facts.tree)
            if each.name == "upstream" and each.args
        }

    def lay(self, path: str) -> Path:
        """Write a file as nginx can take it here, and what it includes; return where it lies."""
        target = self.folder / path
        if path not in self.done:
            self.done.add(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = self.files[path].decode("utf-8")
            target.write_text(self._adapt(text, path), "utf-8")
        return target

    def _adapt(self, text: str, path: str) -> str:
        facts = self.facts.get(path)
        for each in walk(facts.tree) if facts else ():
            change = self._change(each, path)
            if change is not None:
                text = _replaced(text, each, change)
        return text

    def _change(self, each: Directive, path: str) -> str | None:
        """Return what to write for a directive; None if it can stay."""
        name, args = each.name, list(each.args)
        if name in ("user", "pid", "load_module", "ssl_dhparam"):
            return ""
        if name == "include":
            return self._include(args[0], path)
        if re.search(r"ssl_(certificate(_key)?|client_certificate|trusted_certificate|crl)$", name):
            return None if args[0].startswith("data:") else f"{name} {self._pem(name)}"
        if name.endswith(("_file", "_log")) or name == "proxy_cache_path":
            known = args[0] in ("off", "stderr") or args[0].startswith("syslog:")
            return None if known else _line(name, [str(self.folder / "some"), *args[1:]])
        if name == "listen":
            return _line(name, self._listen(args))
        if name.endswith("_pass") or (name == "server" and each.block is None):
            return _line(name, [self._target(args[0]), *args[1:]])
        return None

    def _pem(self, name: str) -> Path:
        kind = "key" if name.endswith("_key") else "crl" if name.endswith("_crl") else "pem"
        return self.folder.parent / f"any.{kind}"

    def _include(self, wanted: str, path: str) -> str:
        found = nginx.locate(wanted, path, self.paths)
        lines = [f"include {self.lay(each)}" for each in found if each in self.facts]
        assert lines or is_glob(wanted) or is_stock(wanted), wanted
        return "; ".join(lines)

    def _listen(self, args: list[str]) -> list[str]:
        where = re.sub(r"^(\*|0\.0\.0\.0):", "", args[0])
        port = self.ports.setdefault(where, 20000 + len(self.ports))
        place = f"unix:{self.folder}/{port}" if where.startswith("unix:") else f"127.77.0.1:{port}"
        return [place, *(arg for arg in args[1:] if not arg.startswith("ipv6only="))]

    def _target(self, text: str) -> str:
        scheme, _, rest = text.rpartition("://")
        match = re.match(r"[A-Za-z][\w.-]*", rest)
        if not match or match[0] in (*self.upstreams, "unix"):
            return text
        return f"{scheme}{'://' if scheme else ''}127.0.0.1{rest[match.end() :]}"


def _line(name: str, args: list[str]) -> str:
    quoted = (f'"{arg}"' if not arg or re.search(r"[\s;{}#\"']", arg) else arg for arg in args)
    return " ".join((name, *quoted))


def _replaced(text: str, each: Directive, change: str) -> str:
    """Write `change` for the first directive of this text that says the same as `each`."""
    words = r"\s+".join(rf"[\"']?{re.escape(arg)}[\"']?" for arg in each.args)
    head = re.compile(rf"(?<![\w$])[\"']?{re.escape(each.name)}[\"']?\s+{words}(\s*;)")
    return head.sub(lambda found: change + found[1] if change else "", text, count=1)


@pytest.fixture(scope="session")
def pems(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate, its key, and a revocation list of it."""
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "index.txt").write_text("")
    (folder / "ca.cnf").write_text(
        "[ca]\ndefault_ca = d\n[d]\ndatabase = index.txt\ndefault_md = sha256\n"
        "default_crl_days = 9\n"
    )
    new = "req -x509 -newkey rsa:2048 -nodes -subj /CN=any -days 9 -keyout any.key -out any.pem"
    revoke = "ca -config ca.cnf -gencrl -keyfile any.key -cert any.pem -out any.crl"
    for command in (new, revoke):
        subprocess.run(
            [str(OPENSSL), *command.split()], cwd=folder, check=True, capture_output=True
        )
    return folder


@pytest.mark.parametrize("case", list(whole()), ids=lambda case: case.name)
def test_nginx_takes_the_sample(case: Path, pems: Path) -> None:
    stage = Stage(pems / case.name, case)
    main = stage.lay(main_file(case))
    names = {each.name for each in stage.facts[main_file(case)].tree if each.block is not None}
    head = "" if not STREAM.exists() else f"load_module {STREAM};\n"
    text = main.read_text("utf-8")
    if not names & LEVELS:
        text = f"events {{}}\nhttp {{\n{text}\n}}\n"
    elif "events" not in names:
        text = f"events {{}}\n{text}"
    main.write_text(f"{head}pid {stage.folder}/pid;\n{text}", "utf-8")
    command = [str(NGINX), "-t", "-q", "-e", "stderr", "-p", str(stage.folder), "-c", str(main)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_nearly_all_samples_are_given_to_it() -> None:
    assert len(list(whole())) >= 90
