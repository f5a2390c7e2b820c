"""Which words say that code is about TLS, or about what is listened for.

The names of the rows in api.yaml are among them, but for the few that anything may be called; so
are the words that programs make names of their own with.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from mtlslint.code import ir


def _any_of(*words: str, flags: int = 0) -> re.Pattern[bytes]:
    return re.compile("|".join(" ".join(words).split()).encode(), flags)


_SSL = "(?-i:Ssl|(?<![ea])ssl(?!e)|(?<![EA])SSL(?!E)) usessl"
"""Not what `AccessList`, `needlessly` and `lossless` hold."""
_SSL_ALONE = _any_of(_SSL, flags=re.IGNORECASE)
# In small letters: to search for letters of either size takes thrice as long.
_HINTING = _any_of(
    "tls verif identity bind listen acceptor connector danger reqwest httpserver client_auth",
    "clientauth certificate root_?cert native_certs peer_cert serviceconfig client_?cert client_dn",
    "client_s_dn client_subject client_san insecure accept_invalid allow_invalid trust_cert",
    "trustservercert with_uri_str reload_from client_ca ca_file cert_store cipher_list",
    "proto_version protocol_version early_data allow_unauthenticated with_crls trust_anchors",
    "with_mutual builder_mut security_level with_native_roots webpki ^(?:try_)?serve add_tcp",
    "proxy_service httppeer request_filter passphrase pkcs12",
)
_TELLING = _any_of(
    _SSL,
    "tls (?:^|_)danger (?:skip|no|dis|without)\\w*verif",
    "(?:peer|name|chain|certificate|cert|client|server|sig)_?verif ^(?:set_)?verif\\w*_host",
    "(?<!key)(?<!key_)verif(?:y|ier|ication|ied)_?(?:peer|name|chain|cert|client|server|sig|mode)",
    "(?<!key)(?<!key_)verif(?:y|ier|ication|ied)_?(?:callback|depth|path|param|none|identity)",
    "hostname_?verif host_?verif ^set_verify verify_(?:for_usage|is_valid|tls) passphrase pkcs12",
    "(?:client|peer)_?identity identity_from from_identity",
    "(?-i:^(?:try_)?bind(?:$|_(?!addr|ip|port|host))) (?-i:^listen(?:$|_(?!addr|ip|port|host|fd)))",
    "(?-i:^(?:try_)?serve(?:$|_(?:with|conn|http|tls|grpc|on|api|web|app|metrics|admin|until)))",
    "tcplistener unixlistener acceptor connector httpserver",
    "(?<!ssh)(?<!ssh_)client_?auth(?!_?(?:info|z|ori|enti)) root_?cert",
    "native_certs peer_cert serviceconfig client_?cert client_dn client_s_dn",
    "client_subject client_san (?-i:^(?:\\w+_)?insecure(?:_(?:skip|cert|conn|http)\\w*)?$)",
    "(?:accept|allow)_invalid trust_cert trustservercert certificate_?(?:file|chain|der|verif)",
    "(?:ca|set|invalid|chain)_?certificate with_uri_str",
    "reload_from client_ca ca_file cert_store cipher_list proto_version (?:min|max)_protocol",
    "with_protocol early_data allow_unauthenticated with_crls trust_anchors with_mutual",
    "^builder_mut security_level with_native_roots webpki add_tcp proxy_service httppeer",
    "^request_filter",
    flags=re.IGNORECASE,
)
USING = frozenset(
    (
        b"accept acme add connect extend host https identity mandatory run set set_config "
        b"set_flags set_host set_ip socket"
    ).split()
)
"""Methods of the table by which something of a library is put to use, and anything else, too."""
_ORDINARY = USING | frozenset(
    (
        b"AnyConnection AnyPool App Builder Client Config ConfigBuilder ConnectionAddr "
        b"ConnectionInfo Easy Easy2 Endpoint Http Iron MySqlConnection MySqlPool PgConnection "
        b"PgPool PoolOptions Pulsar RequestBuilder Route Router Server Service Session Socket "
        b"X509VerifyFlags versions"
    ).split()
)
"""Names of the table that anything may be called, or that say nothing without their calls."""
_LIBRARY = re.compile(rb"tls|(?<!open)ssl(?!e)|boring|quinn|webpki", re.IGNORECASE)
_MOST = 1 << 16
_PHRASES = (
    (b"identity", b".identity("),
    (b"server", b"server::"),
    (b"Server", b"Server::"),
    (b"router", b"router::"),
    (b"Router", b"Router::"),
    (b"server", b"Endpoint::server"),
    (b"server", b"web::server"),
    (b"builder", b"Client::builder"),
    (b"open", b"Client::open"),
    (b"connect", b"Client::connect"),
    (b"connect", b"Pool::connect"),
    (b"connect", b"Connection::connect"),
    (b"rocket", b"rocket::custom"),
)
"""What says something although none of its words does, and one of these, to look for first."""
_BEGINNINGS = frozenset(word for word, _ in _PHRASES)
_HEADER = re.compile(rb"client-(?:cert|verif|(?:s-|i-)?dn|subject|issuer|san|cn)", re.IGNORECASE)
_HEADERS = frozenset({b"client", b"Client", b"CLIENT"})


class _Known(dict[bytes, bool]):
    """What is known of words: most files are written in the same few."""

    def __init__(self, judge: Callable[[bytes], bool]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, word: bytes) -> bool:
        if len(self) >= _MOST:
            self.clear()
        found = self[word] = self._judge(word)
        return found


def _hints(word: bytes) -> bool:
    small = word.lower()
    ssl = b"ssl" in small and _SSL_ALONE.search(word) is not None
    return ssl or _HINTING.search(small) is not None


@cache
def names() -> frozenset[bytes]:
    """Return the names of api.yaml that tell by themselves: types, traits, methods, fields."""
    from mtlslint.parsers.rust import language

    api = language().api
    paths = [path for kind in api.kinds.values() for path in kind.types]
    paths += [path for path in api.rows if path.count("::") > 1]
    found = {path.split("::")[1] for path in paths} | set(api.distinctive)
    found |= {path.rpartition("::")[2] for path in api.interfaces} | set(api.verdicts.calls)
    found |= api.vocabulary.names | api.vocabulary.opening
    return frozenset(name.encode() for name in found) - _ORDINARY


def _tells(word: bytes) -> bool:
    return word in names() or (hints(word) and _TELLING.search(word) is not None)


hints = _Known(_hints).__getitem__
"""Whether a word may be one of TLS, or of what is listened for (`server`, `verified`)."""
tells = _Known(_tells).__getitem__
"""Whether a word is one of TLS or the like."""


@lru_cache(maxsize=_MOST)
def imports(path: ir.Path) -> bool:
    """Whether what is imported comes out of something of TLS, or is such a thing itself."""
    *parts, name = (part.encode() for part in path)
    return tells(name) or any(_LIBRARY.search(one) is not None for one in parts)


def speaks(text: bytes, words: set[bytes]) -> bool:
    """Whether code with these words speaks of TLS, or of what is listened for."""
    return (
        any(map(tells, words))
        or (
            not words.isdisjoint(_BEGINNINGS)
            and any(word in words and phrase in text for word, phrase in _PHRASES)
        )
        or (not words.isdisjoint(_HEADERS) and _HEADER.search(text) is not None)
    )
