"""nginx: configuration that shell scripts and Dockerfiles write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mtlslint.facts import Claim
from mtlslint.parsers import nginx
from mtlslint.source import Source

SERVER = "server {\n    listen 443 ssl;\n    set $a \\$b;\n}\n"


def held(script: str | bytes) -> tuple[Source, ...]:
    data = script.encode() if isinstance(script, str) else script
    return nginx.read(Source("install.sh", data)).embedded


@pytest.mark.parametrize(
    ("opening", "closing", "text"),
    [
        ("cat > /etc/nginx/nginx.conf <<EOF", "EOF", SERVER.replace("\\", "")),
        ("cat > /etc/nginx/nginx.conf <<'EOF'", "EOF", SERVER),
        ('cat > /etc/nginx/nginx.conf << "END_OF"', "END_OF", SERVER),
        ("cat <<\\EOF > /etc/nginx/nginx.conf", "EOF", SERVER),
        ("cat <<EOF | sudo tee /etc/nginx/nginx.conf >/dev/null", "EOF", SERVER.replace("\\", "")),
        ("COPY <<EOF /etc/nginx/nginx.conf", "EOF", SERVER.replace("\\", "")),
        ("cat <<-'EOF' > /etc/nginx/nginx.conf", "\t\tEOF", SERVER),
    ],
)
def test_the_text_is_what_the_shell_writes(opening: str, closing: str, text: str) -> None:
    (source,) = held(f"#!/bin/sh\n{opening}\n{SERVER}{closing}\n")
    assert source.data.decode() == text
    assert source.path == "install.sh!etc/nginx/nginx.conf"


def test_leading_tabs_are_dropped_where_the_dash_says_so_and_places_stay_right() -> None:
    body = SERVER.replace("server", "\tserver").replace("    ", "\t    ").replace("}", "\t}")
    script = f"cat <<-EOF\n{body}\tEOF\n"
    (source,) = held(script)
    assert source.data.decode() == SERVER.replace("\\", "")
    assert source.embedding
    for word in ("server {", "listen 443", "$b;", "}"):
        inner = source.data.decode().index(word)
        span = source.embedding.outward(inner, inner + len(word))
        assert script[span.start : span.end] == word


@pytest.mark.parametrize(
    "script",
    [
        "cat <<EOF\nHello, server { of the day.\nEOF\n",
        f"cat <<EOF\n{SERVER}",
        f"cat >> /etc/nginx/nginx.conf <<EOF\n{SERVER}EOF\n",
        f"tee -a /etc/nginx/nginx.conf <<EOF\n{SERVER}EOF\n",
        "echo $((1<<EOF))\n",
    ],
    ids=["prose", "never closed", "appended", "tee -a", "shift"],
)
def test_what_is_no_whole_configuration_is_left_alone(script: str) -> None:
    assert held(script) == ()


def test_several_are_told_apart() -> None:
    script = f"cat <<A\n{SERVER}A\ncat <<B\n{SERVER}B\n"
    assert len({source.path for source in held(script)}) == 2


def test_only_scripts_that_speak_of_nginx_are_read() -> None:
    assert nginx.claims("deploy/install.sh", b"#!/bin/sh\napt install nginx\n") is Claim.MAYBE
    assert nginx.claims("deploy/install.sh", b"#!/bin/sh\nmake\n") is Claim.NO
    assert nginx.claims("Dockerfile", b"FROM nginx\n") is Claim.MAYBE


PIECES = st.sampled_from(
    [
        *(
            "cat <<EOF\n",
            "<<-'E'\n",
            "EOF\n",
            "E\n",
            "\tE\n",
            "\\$",
            "\\\\",
            "\\`",
            "\t",
            "\n",
            "$a",
        ),
        *("server {\n", "listen 443 ssl;\n", "}\n", " > /etc/nginx/x.conf", "<<", "\r\n", "é"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_a_script_holds_places_lie_inside(script: str) -> None:
    data = script.encode()
    for source in held(data):
        assert source.embedding
        for segment in source.embedding.segments:
            inner = source.data[segment.inner : segment.inner + segment.length]
            assert inner == data[segment.outer : segment.outer + segment.length]
        assert sum(segment.length for segment in source.embedding.segments) == len(source.data)
