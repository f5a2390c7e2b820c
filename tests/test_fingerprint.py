"""The keys by which GitHub, and we, know a finding again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mtlslint.reporters._fingerprint import WINDOW, construct_key, line_hashes
from mtlslint.source import Source

NGINX = (
    "server {\n"
    "    listen 443 ssl;\n"
    "    ssl_verify_client optional;\n"
    "}\n"
    "server {\n"
    "    listen 443 ssl;\n"
    "    ssl_verify_client optional;\n"
    "}\n"
)


GOLDEN = [
    "6b34abd94a0575af:1",
    "7eee4240dfdb7ef5:1",
    "980fa734dd385388:1",
    "be3d5661176d5565:1",
    "17ce155adc349232:1",
    "44f371efb97207ba:1",
    "d04c1d5f109c9795:1",
    "32dce9ccfdbc9d3e:1",
    "c129715d7a2bc9a3:1",
]


def by_hand(text: str) -> list[str]:
    """Work the hashes out as they are defined, with whole powers of 37.

    A line's hash is c[0]*37^99 + c[1]*37^98 + ... + c[99] modulo 2^64 over the 100 UTF-16 units
    from its start, without spaces and tabs; 65535 and then zeros follow the text.
    """
    lines = re.split("\r\n|\r|\n", text)
    kept = [re.sub("[ \t]", "", line) for line in lines]
    found: list[str] = []
    for number in range(len(lines)):
        encoded = "\n".join(kept[number:]).encode("utf-16-be")
        units = [encoded[i] * 256 + encoded[i + 1] for i in range(0, len(encoded), 2)]
        units = [*units, 65535, *[0] * WINDOW][:WINDOW]
        value = sum(unit * 37 ** (WINDOW - 1 - i) for i, unit in enumerate(units)) % 2**64
        earlier = sum(item.startswith(f"{value:x}:") for item in found)
        found.append(f"{value:x}:{earlier + 1}")
    return found


def test_an_empty_file_has_one_line() -> None:
    # 65535 * 37^99 modulo 2^64.
    assert line_hashes(b"") == ["c129715d7a2bc9a3:1"]


def test_the_first_unit_weighs_most() -> None:
    # (97 * 37^99 + 65535 * 37^98) modulo 2^64: "a", then the end.
    value = (97 * pow(37, 99, 2**64) + 65535 * pow(37, 98, 2**64)) % 2**64
    assert line_hashes(b"a") == [f"{value:x}:1"]


def test_golden_values() -> None:
    # Also what GitHub's upload action (src/fingerprints.ts) says to this text.
    assert line_hashes(NGINX.encode()) == GOLDEN
    assert by_hand(NGINX) == GOLDEN


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_count_alike(end: str) -> None:
    assert line_hashes(NGINX.replace("\n", end).encode()) == GOLDEN


def test_blanks_do_not_count() -> None:
    assert line_hashes(NGINX.replace("    ", "\t").replace(" {", "{").encode()) == GOLDEN


def test_equal_windows_are_numbered() -> None:
    hashes = line_hashes(b"ssl_verify_client optional;\n" * 9)
    assert [item.partition(":")[2] for item in hashes[:6]] == ["1", "2", "3", "4", "5", "6"]
    assert len({item.partition(":")[0] for item in hashes[:6]}) == 1


def test_a_character_above_the_basic_plane_is_two_units() -> None:
    assert line_hashes("# 🔒é\nlisten".encode()) == by_hand("# 🔒é\nlisten")


PIECES = ["\r", "\n", " ", "\t", "a", "b", "é", "🔒", "\ufeff", "x" * 60]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_as_defined(text: str) -> None:
    assert line_hashes(text.encode()) == by_hand(text)


@given(st.binary())
def test_any_bytes_have_a_hash_for_each_line(data: bytes) -> None:
    assert len(line_hashes(data)) == len(Source("a", data).line_starts)


def test_our_key_heeds_what_is_found_where_and_no_white_space() -> None:
    key = construct_key("MTLS101", "a.conf", "api", "client_auth", "ssl_verify_client optional;")
    spread = "ssl_verify_client\n    optional;"
    assert key == construct_key("MTLS101", "a.conf", "api", "client_auth", spread)
    others = [
        ("MTLS102", "a.conf", "api", "client_auth", spread),
        ("MTLS101", "b.conf", "api", "client_auth", spread),
        ("MTLS101", "a.conf", "web", "client_auth", spread),
        ("MTLS101", "a.conf", "api", "client_ca", spread),
        ("MTLS101", "a.conf", "api", "client_auth", "ssl_verify_client on;"),
        ("MTLS101", "a.confapi", "", "client_auth", spread),
    ]
    assert len({key, *(construct_key(*other) for other in others)}) == len(others) + 1
