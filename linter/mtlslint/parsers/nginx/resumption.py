"""Sessions that one server of a socket begins and another one resumes (CVE-2025-23419).

Until nginx 1.27.4 (and 1.26.3) a TLS 1.3 session is resumed in the default server's context before
SNI chooses a server, and the certificate that was verified when it began counts for all servers of
the socket: whoever has one of another server's CA gets in. Sessions without a certificate don't.
"""

from __future__ import annotations

from mtlslint.model import Setting
from mtlslint.parsers.nginx.client_auth import ASKING, ca_path, mode
from mtlslint.parsers.nginx.protocols import protocols
from mtlslint.parsers.nginx.servers import Estate, Server, listen_head
from mtlslint.parsers.nginx.sockets import Listen, Socket
from mtlslint.parsers.nginx.versions import TLS13_BY_DEFAULT, resumes_across_servers
from mtlslint.source import Span


def resumption(
    server: Server, listen: Listen, socket: Socket, estate: Estate, head: Span
) -> Setting | None:
    """Return whether sessions of servers with other CAs count here; None if that can't be told."""
    if listen.quic or not resumes_across_servers(estate.target):
        return None
    default = estate.default(socket)
    own = ca_path(server.scope)
    if mode(server.scope)[0] not in ASKING or own is None or not _speaks_tls13(default, estate):
        return None
    for seat in socket.seats:
        other = estate.servers[seat.server]
        theirs = ca_path(other.scope)
        if mode(other.scope)[0] not in ASKING or theirs in (None, "|", own):
            continue
        if _resumable(other, default):
            note = f"sessions of {other.title} count here: {estate.target.source}, CVE-2025-23419"
            place = listen_head(other, seat.listen)
            return Setting("shared", head, via=(place,), note=note)
    return None


def _speaks_tls13(default: Server, estate: Estate) -> bool:
    """Whether TLS 1.3 is on in the server that decides the version for all of its socket."""
    _, highest = protocols(default.scope, "", default.directive.span, estate.target)
    if highest is not None:
        return highest.value == "TLSv1.3"
    found = default.scope.find("ssl_protocols")
    return not (found.directives or found.doubt) and estate.target.low >= TLS13_BY_DEFAULT


def _resumable(other: Server, default: Server) -> bool:
    """Whether a session of `other` survives: in a ticket of both, or in the default's cache."""
    if _word(default, "ssl_session_cache", "none") not in ("none", "off", ""):
        return True
    return all(_word(each, "ssl_session_tickets", "on") == "on" for each in (other, default))


def _word(server: Server, name: str, usual: str) -> str:
    """Return a directive's first word, `usual` if it isn't set, "" if that isn't known."""
    found = server.scope.find(name)
    if found.doubt or (found.directives and (found.last.fluid or not found.last.args)):
        return ""
    return found.last.args[0].lower() if found.directives else usual
