"""Reads one nginx file: whether it is one, and what stands in it."""

from __future__ import annotations

import re

from mtlslint.facts import Claim, Facts
from mtlslint.model import Problem
from mtlslint.parsers.nginx.include import TEMPLATE_SUFFIXES, is_stock, without_template_suffix
from mtlslint.parsers.nginx.tags import is_templated
from mtlslint.parsers.nginx.template import Mask, mask, mask_placeholders
from mtlslint.parsers.nginx.tree import Builder, Tree, walk
from mtlslint.source import Source

TOKENS = (b"ssl_", b"listen", b"_pass", b"server", b"include", b"upstream", b"mtlslint:")

SIZE_LIMIT = 16 * 1024 * 1024

_BLOCK = re.compile(
    rb"^[ \t]*(?:server|http|stream|mail|events|location\s[^\n{;]*|upstream\s+\S+|map\s+\S+\s+\S+)"
    rb"\s*\{",
    re.MULTILINE,
)
_DIRECTIVE = re.compile(
    rb"(?:^|[{;])[ \t]*(?:listen|server_name|(?:proxy|grpc|uwsgi|scgi|fastcgi|memcached)_pass"
    rb"|(?:proxy_|grpc_|uwsgi_)?ssl_[a-z_]+|proxy_set_header|error_page|worker_processes)"
    rb"\s[^\n;]*;",
    re.MULTILINE,
)
# One sign of another program is enough: their files share the suffix, not the syntax.
_OTHER = re.compile(
    rb"^(?:[ \t]*<[A-Za-z/?!][^%\n]*>|\[[A-Za-z][\w :.\"-]*\][ \t]*\r?$"
    rb"|(?:frontend|backend|defaults)\b|[ \t]*\$(?:HTTP|SERVER)\[|ssl\.engine)",
    re.MULTILINE,
)
_FOLDERS = frozenset(
    {"conf.d", "http.d", "stream.d", "vhosts", "vhost.d", "snippets", "nginx", "default.d"}
)
_NAMED = re.compile(r"\.(?:conf|nginx|vhost|ngx)(?:\.|$)|[-_]nginx$|^nginx$")
_SAMPLES = (".default", ".example", ".sample", ".dist", ".in", "-example", "-sample", "-dist")
# A site's file is called like its domain, so its suffix says nothing; these do.
_NO_SITE = re.compile(
    r"(?:~|\.(?:disabled|off|bak|backup|orig|old|save|swp|dpkg-\w+|rpm\w+|md|rst|txt|sh|py|rb|pl"
    r"|php|js|ts|go|rs|c|h|cc|java|tf|pp|lua|css|html?|ya?ml|json|toml|pem|crt|cer|key|csr|service|xml|ini|cfg))$"
)


def claims(path: str, head: bytes) -> Claim:
    """Say whether a file may be nginx configuration; only its beginning is looked at."""
    name = path.rpartition("/")[2].lower()
    plain = without_template_suffix(name)
    while plain.endswith(_SAMPLES):
        plain = re.sub(r"[.-]\w+$", "", plain)
    if b"\0" in head or _NO_SITE.search(plain) or _NO_SITE.search(name) or _OTHER.search(head):
        return Claim.NO
    folders = path.lower().split("/")[:-1]
    sites = any(part.startswith(("sites-", "vhost")) for part in folders[-1:])
    placed = sites or "nginx" in plain or any(part in _FOLDERS for part in folders)
    named = _NAMED.search(plain) is not None
    bare = "." not in plain or name.endswith(TEMPLATE_SUFFIXES)
    if named or sites or (placed and bare):
        return Claim.YES if _looks(head) else Claim.MAYBE if named else Claim.NO
    # A name that says nothing: then a whole server must be in sight.
    sure = bare and _BLOCK.search(head) and _DIRECTIVE.search(head)
    return Claim.MAYBE if sure else Claim.NO


_ENDED = re.compile(rb";[ \t]*(?:#[^\n]*)?\r?$", re.MULTILINE)


def _looks(head: bytes) -> bool:
    """Whether there's a directive of nginx; blocks called `server` have many programs."""
    if _DIRECTIVE.search(head):
        return True
    return _BLOCK.search(head) is not None and _ENDED.search(head) is not None


def read(source: Source) -> Facts:
    """Read one file. Whatever its bytes are, nothing is raised."""
    if len(source.data) > SIZE_LIMIT:
        note = f"larger than {SIZE_LIMIT // 1024 // 1024} MB, not read"
        return Facts(source.path, "nginx", problems=(Problem(source.path, note, fatal=False),))
    plain = mask_placeholders(source.data)
    tree = _build(source, plain)
    if is_templated(source.data) or (b"{{" in source.data and tree.problems):
        masked = mask(source.data)
        tree = _build(source, masked)
        if tree.problems and masked.readable:
            masked = mask(source.data, one_opening=True)
            tree = _build(source, masked)
        if tree.problems or not masked.readable:
            ours = _looks(source.data)
            return Facts(source.path, "nginx", comments=tree.comments, template=ours)
    if tree.problems and not _looks(source.data):
        return Facts(source.path, "nginx", problems=tree.problems)
    return Facts(
        source.path,
        "nginx",
        tree=tree.directives,
        refers=_references(tree),
        comments=tree.comments,
        problems=tree.problems,
    )


def _build(source: Source, masked: Mask) -> Tree:
    return Builder(source.path, source.data, masked).build()


def _references(tree: Tree) -> tuple[str, ...]:
    names = {
        directive.args[0]
        for directive in walk(tree.directives)
        if directive.name == "include"
        and len(directive.args) == 1
        and not is_stock(directive.args[0])
    }
    return tuple(sorted(names))
