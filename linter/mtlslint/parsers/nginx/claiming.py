"""Which files are nginx configuration, by name and first bytes.

Nothing here needs the rest of the package: every file of a project comes past.
"""

from __future__ import annotations

import re

from mtlslint.facts import Claim
from mtlslint.heredoc import is_script

TEMPLATE_SUFFIXES = (
    *(".j2", ".jinja2", ".jinja", ".erb", ".epp", ".template", ".tmpl", ".tpl", ".gotmpl"),
    *(".gtpl", ".hbs", ".mustache", ".sigil", ".ejs"),
)

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
_UNUSED = re.compile(
    r"(?:~|\.(?:disabled|off|bak|backup|orig|old|save|swp|dpkg-\w+|rpm\w+|md|rst|txt|ya?ml|json))$"
)
# But a site's file may be called like its domain, in Poland or Serbia too.
_CODE = re.compile(
    r"\.(?:sh|py|rb|pl|php|js|ts|go|rs|c|h|cc|java|tf|pp|lua|css|html?|toml|pem|crt|cer|key|csr"
    r"|service|xml|ini)$"
)


def claims(path: str, head: bytes) -> Claim:
    """Say whether a file may be nginx configuration; only its beginning is looked at."""
    name = path.rpartition("/")[2].lower()
    if is_script(name):
        return Claim.MAYBE if b"nginx" in head.lower() else Claim.NO
    plain = without_template_suffix(name)
    while plain.endswith(_SAMPLES):
        plain = re.sub(r"[.-]\w+$", "", plain)
    folders = path.lower().split("/")[:-1]
    sites = any(part.startswith(("sites-", "vhost")) for part in folders[-1:])
    if any(_UNUSED.search(each) or (_CODE.search(each) and not sites) for each in (plain, name)):
        return Claim.NO
    if b"\0" in head or _OTHER.search(head):
        return Claim.NO
    placed = sites or "nginx" in plain or any(part in _FOLDERS for part in folders)
    named = _NAMED.search(plain) is not None
    bare = "." not in plain or plain.endswith(".cfg") or name.endswith(TEMPLATE_SUFFIXES)
    if named or sites or (placed and bare):
        return Claim.YES if looks_like(head) else Claim.MAYBE if named else Claim.NO
    # A name that says nothing: then a whole server must be in sight.
    sure = (bare or placed) and _BLOCK.search(head) and _DIRECTIVE.search(head)
    return Claim.MAYBE if sure else Claim.NO


_SITE = re.compile(rb"^[ \t]*(?:server|http|stream|mail)\s*\{", re.MULTILINE)


def whole(text: bytes) -> bool:
    """Whether a text in a script is a configuration of its own."""
    return _SITE.search(text) is not None and looks_like(text)


_ENDED = re.compile(rb";[ \t]*(?:#[^\n]*)?\r?$", re.MULTILINE)


def looks_like(head: bytes) -> bool:
    """Whether there's a directive of nginx; blocks called `server` have many programs."""
    if _DIRECTIVE.search(head):
        return True
    return _BLOCK.search(head) is not None and _ENDED.search(head) is not None


def without_template_suffix(name: str) -> str:
    """Return a file's name as it will be once rendered."""
    while name.endswith(TEMPLATE_SUFFIXES):
        name = name.rpartition(".")[0]
    return name
