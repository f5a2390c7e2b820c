"""Access logs: whether they tell which client came."""

from __future__ import annotations

import pytest
from envoy_project import (
    TYPES,
    bootstrap,
    listener,
    resolve,
    server,
    servers,
    setting,
    text_at,
    validated,
    value,
)

REQUIRED = "require_client_certificate: true, " + validated("trusted_ca: {filename: clients.pem}")
LOGGERS = f"{TYPES}.access_loggers"
PEER = "%DOWNSTREAM_PEER_SUBJECT%"


def log(kind: str, fields: str = "") -> str:
    return f'[{{name: log, typed_config: {{"@type": {LOGGERS}.{kind}, {fields}}}}}]'


def stdout(form: str) -> str:
    return log("stream.v3.StdoutAccessLog", f"log_format: {{{form}}}")


def logged(access_log: str, more: str = "") -> object:
    config = bootstrap([listener(REQUIRED, more=f"access_log: {access_log}, {more}")], [])
    return value(servers(resolve(config))[0], "identity_log")


@pytest.mark.parametrize(
    ("access_log", "found"),
    [
        ("[]", "unlogged"),
        (log("stream.v3.StdoutAccessLog"), "unlogged"),
        (log("file.v3.FileAccessLog", "path: /dev/stdout"), "unlogged"),
        (log("file.v3.FileAccessLog", f"path: /dev/stdout, format: '{PEER}'"), "logged"),
        (stdout("text_format_source: {inline_string: '%PROTOCOL% %RESPONSE_CODE%'}"), "unlogged"),
        (stdout(f"text_format_source: {{inline_string: '{PEER} %PROTOCOL%'}}"), "logged"),
        (stdout("text_format_source: {filename: /etc/envoy/format}"), None),
        (stdout("text_format: ${FORMAT}"), None),
        (stdout("json_format: {code: '%RESPONSE_CODE%', start: '%START_TIME%'}"), "unlogged"),
        (stdout("json_format: {who: '%DOWNSTREAM_PEER_URI_SAN%'}"), "logged"),
        (stdout("json_format: {until: '%DOWNSTREAM_PEER_CERT_V_END%'}"), "unlogged"),
        (stdout("json_format: {who: '%REQ(X-FORWARDED-CLIENT-CERT)%'}"), "logged"),
        (stdout("json_format: {who: '%DYNAMIC_METADATA(authz:who)%'}"), None),
        (log("grpc.v3.HttpGrpcAccessLogConfig", "common_config: {log_name: a}"), "logged"),
        (log("wasm.v3.WasmAccessLog"), None),
        (
            "[{name: envoy.file_access_log, config: {path: /dev/stdout, format: '%PROTOCOL%'}}]",
            "unlogged",
        ),
    ],
)
def test_what_an_access_log_holds(access_log: str, found: str | None) -> None:
    assert logged(access_log) == found


def test_a_listener_s_own_log_counts_and_one_that_tells_suffices() -> None:
    told = f"access_log: {stdout(f'text_format: {chr(39)}{PEER}{chr(39)}')}"
    config = bootstrap([listener(REQUIRED).replace("{name: in,", f"{{name: in, {told},")], [])
    assert value(servers(resolve(config))[0], "identity_log") == "logged"


def test_a_program_may_log_it_too() -> None:
    kind = f"{TYPES}.filters.http.lua.v3.Lua"
    lua = f'http_filters: [{{name: lua, typed_config: {{"@type": {kind}}}}}],'
    assert logged("[]", lua) is None


def test_it_points_to_the_log_or_what_lacks_one() -> None:
    config = bootstrap(
        [listener(REQUIRED, more=f"access_log: {log('file.v3.FileAccessLog')},")], []
    )
    (found,) = servers(resolve(config))
    assert text_at(config, setting(found, "identity_log").span) == "access_log"
    assert "@type" in text_at(
        bootstrap([listener(REQUIRED)], []), setting(server(REQUIRED), "identity_log").span
    )


def test_where_no_certificate_is_asked_for_none_can_be_logged() -> None:
    assert value(server("common_tls_context: {}"), "identity_log") == "absent"
