"""Cipher lists in OpenSSL's language, expanded as OpenSSL does."""

from __future__ import annotations

import ssl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mtlslint.ciphers import admitted, expand


@pytest.mark.parametrize(
    "text",
    [
        "HIGH:!aNULL:!MD5",
        "HIGH:!aNULL:!MD5:!RC4:!3DES:!EXPORT",
        "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305",
        "EECDH+AESGCM:EDH+AESGCM",
        "ALL:!aNULL:!ADH:!eNULL:!LOW:!EXP:!RC4:!3DES",
        "ECDHE-RSA-AES256-SHA:DES-CBC3-SHA:!3DES",
        "AES128-SHA:DES-CBC3-SHA:!DES-CBC3-SHA",
        "RC4:AES128-SHA:-RC4",
        "ECDHE-RSA-AES128-SHA256:RC4-SHA:!SHA1",
        "DEFAULT",
        "DEFAULT:RC4-SHA",
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305",
        "EECDH:EDH:!aNULL",
        "TLSv1.2+FIPS:kRSA+FIPS:!eNULL:!aNULL",
        "ALL:!aNULL:!MEDIUM",
        "MEDIUM:!SHA1",
        "RC4-SHA:AES128-SHA@SECLEVEL=2",
        "ADH-AES128-SHA:AES128-SHA@SECLEVEL=1",
        "EXP-DES-CBC-SHA:DES-CBC-SHA:!LOW:!EXPORT",
        "PROFILE=SYSTEM",
        "DEFAULT:@SECLEVEL=1",
        "HIGH:!aNULL@SECLEVEL=0",
        "AES128-SHA:+3DES",
    ],
)
def test_sound_cipher_lists(text: str) -> None:
    assert admitted(text) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ECDHE+AESGCM:AES128-SHA:DES-CBC3-SHA", "DES-CBC3-SHA"),
        ("ALL:!ADH:RC4+RSA:+HIGH:+MEDIUM", "RC4+RSA"),
        ("HIGH:aNULL", "aNULL"),
        ("ECDHE-RSA-DES-CBC3-SHA", "ECDHE-RSA-DES-CBC3-SHA"),
        ("EXP-RC4-MD5:!RC2", "EXP-RC4-MD5"),
        ("AES128-SHA:NULL-SHA256", "NULL-SHA256"),
        ("ADH-AES128-SHA", "ADH-AES128-SHA"),
        ("3DES:!DES", "3DES"),
        ("HIGH:!MD5:@SECLEVEL=0", "HIGH@SECLEVEL=0"),
        ("ALL@SECLEVEL=0", "ALL@SECLEVEL=0"),
        ("kRSA:@SECLEVEL=0", "kRSA@SECLEVEL=0"),
        ("DEFAULT:@SECLEVEL=0", "DEFAULT@SECLEVEL=0"),
        ("ALL:!aNULL:!ADH:!LOW:!EXP", "ALL"),
        ("MEDIUM:!kRSA", "MEDIUM"),
        ("HIGH !RC4 EDH-RSA-DES-CBC3-SHA", "EDH-RSA-DES-CBC3-SHA"),
        ("[ECDHE-ECDSA-AES128-GCM-SHA256|ECDHE-RSA-RC4-SHA]", "ECDHE-RSA-RC4-SHA"),
        ("RC4-SHA:-RC4:RSA+RC4", "RSA+RC4"),
        ("AES128-SHA:EXPORT", "EXPORT"),
    ],
)
def test_cipher_lists_that_admit_what_is_broken(text: str, word: str) -> None:
    assert admitted(text)[0][0] == word


WORDS = st.sampled_from(
    [
        *("ALL", "HIGH", "kRSA", "RSA", "aRSA", "ECDHE", "EECDH", "DHE", "kDHE", "ADH", "AECDH"),
        *("aNULL", "eNULL", "NULL", "COMPLEMENTOFALL", "AES", "AES128", "AESGCM", "CAMELLIA"),
        *("SHA", "SHA256", "MD5", "FIPS", "SSLv3", "TLSv1", "TLSv1.2", "ECDSA", "CBC", "ECDH"),
        *("ADH-AES128-SHA", "NULL-SHA256", "AES128-SHA", "ECDHE-RSA-NULL-SHA", "no-such-suite"),
    ]
)
LISTS = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", "!", "-", "+"]),
        st.lists(WORDS, min_size=1, max_size=2, unique=True)
        # One flag word holds both: OpenSSL finds nothing that is FIPS and HIGH.
        .filter(lambda words: set(words) != {"FIPS", "HIGH"}),
    ).map(lambda pair: pair[0] + "+".join(pair[1])),
    min_size=1,
    max_size=6,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["", "DEFAULT:"]), LISTS)
def test_lists_leave_what_openssl_leaves(start: str, words: list[str]) -> None:
    everything = {suite.name for suite, _ in expand("ALL:COMPLEMENTOFALL")}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    built = {suite["name"] for suite in context.get_ciphers()} & everything
    text = f"{start}{':'.join(words)}:@SECLEVEL=0"
    try:
        context.set_ciphers(text)
    except ssl.SSLError:  # none is left
        theirs = set()
    else:
        theirs = {suite["name"] for suite in context.get_ciphers()} & everything
    assert {suite.name for suite, _ in expand(text)} & built == theirs
    assert len(built) > 15
