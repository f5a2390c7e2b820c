"""nginx: tokens, trees, and that no bytes make the reader raise."""

from __future__ import annotations

import io
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import crossplane
import pytest
from crossplane.lexer import _lex_file_object as crossplane_tokens
from crossplane.lexer import lex as _crossplane_lex  # noqa: F401 - registers its Lua lexers
from effort import calls
from hypothesis import given, settings
from hypothesis import strategies as st
from mtlslint.facts import Claim, Facts, Paths, Project
from mtlslint.model import VOCABULARY
from mtlslint.parsers import nginx
from mtlslint.parsers.nginx.lexer import Kind, Lexer, value
from mtlslint.parsers.nginx.tree import Directive, walk
from mtlslint.source import Source
from nginx_binary import TEMPLATE

Line = tuple[int, str, list[str], int]
"""A directive: how deep it stands, its name, its arguments, its line."""

CORPUS = Path(__file__).parent / "corpus" / "nginx"


def read(text: str | bytes) -> Facts:
    data = text.encode() if isinstance(text, str) else text
    return nginx.read(Source("a.conf", data))


def directives(text: str) -> list[Directive]:
    facts = read(text)
    assert not facts.problems
    return list(walk(facts.tree))


def heads(text: str) -> list[tuple[str, ...]]:
    return [(each.name, *each.args) for each in directives(text)]


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("x a#b;", ("a#b",)),
        ("x a # comment ; {\n b;", ("a", "b")),
        ("x 'a;b' \"c{d\";", ("a;b", "c{d")),
        (r'x "a\"b" c\;d e\ f;', ('a"b', r"c\;d", r"e\ f")),
        ("x ${name}y;", ("${name}y",)),
        ('x a"b"c;', ('a"b"c',)),
        ("x 'two\nlines';", ("two\nlines",)),
        ("x ^/a(b|c)}$;", ("^/a(b|c)}$",)),
        ("x\r\n  a\r\n  b;\r\n", ("a", "b")),
        ('x "";', ("",)),
    ],
)
def test_words_end_where_nginx_ends_them(text: str, args: tuple[str, ...]) -> None:
    assert heads(text) == [("x", *args)]


def test_blocks_nest_and_spans_are_heads() -> None:
    text = "server{listen 80;location /{proxy_pass\n  http://a;}}"
    found = directives(text)
    assert [text[each.span.start : each.span.end] for each in found] == [
        "server",
        "listen 80",
        "location /",
        "proxy_pass",
    ]


def test_lua_is_lexed_as_lua() -> None:
    lua = """
    content_by_lua_block {
        -- } in a comment
        local t = { a = "}", b = [[ } ]], c = '\\'}' } --[==[ } ]==]
    }
    listen 443 ssl;
    """
    assert [each.name for each in directives(lua)] == ["content_by_lua_block", "listen"]


def test_comments_for_this_program_are_kept() -> None:
    facts = read(
        "# mtlslint: ignore[MTLS101] why\nlisten 80; # mtlslint: expect client_auth=none\n"
    )
    assert [(each.text, each.alone) for each in facts.comments] == [
        ("ignore[MTLS101] why", True),
        ("expect client_auth=none", False),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("server { listen 80;", "block `server` is never closed"),
        ("}", "`}` closes nothing"),
        ("listen 80", "directive isn't ended by `;`"),
        ('x "abc', "quote is never closed"),
        ("access_by_lua_block { local a = [[ }", "Lua block is never closed"),
    ],
)
def test_what_cannot_be_read_is_a_problem(text: str, message: str) -> None:
    assert message in [problem.message for problem in read(f"server_name a;\n{text}").problems]


def comparable(path: Path) -> bool:
    """Crossplane reads Lua, escapes and templates in its own way."""
    data = path.read_bytes()
    return not any(piece in data for piece in (b"_by_lua", b"\\", b"{{", b"{%"))


COMPARABLE = sorted(filter(comparable, CORPUS.rglob("*.conf")))


@pytest.mark.parametrize("path", COMPARABLE, ids=lambda path: path.name)
def test_tokens_are_crossplanes(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode()
    theirs = [
        (token, line)
        for token, line, quoted in crossplane_tokens(io.StringIO(text + "\n"))
        if quoted or not token.startswith("#")
    ]
    lexer, ours = Lexer(data), []
    while (token := lexer.next()) is not None:
        if token.kind is not Kind.COMMENT:
            ours.append((value(data, token), data[: token.start].count(b"\n") + 1))
    assert ours == theirs


def ours(directives: tuple[Directive, ...], data: bytes, depth: int = 0) -> Iterator[Line]:
    for each in directives:
        lua = each.name.endswith("_by_lua_block")
        args = list(each.args[:-1] if lua else each.args)
        yield depth, each.name, bare(each.name, args), data[: each.span.start].count(b"\n") + 1
        yield from ours(() if lua else each.block or (), data, depth + 1)


def theirs(block: list[dict], depth: int = 0) -> Iterator[Line]:
    for each in block:
        name, args = each["directive"], each["args"]
        lua = name.endswith("_by_lua_block")
        yield depth, name, [unescaped(arg) for arg in (args[:-1] if lua else args)], each["line"]
        yield from theirs([] if lua else each.get("block", []), depth + 1)


def bare(name: str, args: list[str]) -> list[str]:
    """Return arguments without the parentheses of an `if`, as crossplane does."""
    if name != "if":
        return args
    args = [args[0].removeprefix("("), *args[1:]]
    args = [*args[:-1], args[-1].removesuffix(")")]
    return [arg for index, arg in enumerate(args) if arg or 0 < index < len(args) - 1]


def unescaped(arg: str) -> str:
    """Return an argument with its escapes undone, which crossplane leaves."""
    plain = {"t": "\t", "r": "\r", "n": "\n"}
    return re.sub(r"\\([\"'\\trn])", lambda match: plain.get(match[1], match[1]), arg)


# Crossplane takes a comment between two arguments for a directive, and braces in Lua for its own.
NOT_CROSSPLANES = ("lexical.conf", "optional-lua-access.conf")
PLAIN = [
    path
    for path in sorted(CORPUS.rglob("*"))
    if path.is_file()
    and path.name not in NOT_CROSSPLANES
    and not TEMPLATE.search(data := path.read_bytes())
    and (facts := nginx.read(Source("a.conf", data))).tree
    and not facts.problems
]


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.relative_to(CORPUS).as_posix())
def test_trees_are_crossplanes(path: Path) -> None:
    data = path.read_bytes()
    options = {"single": True, "strict": False, "check_ctx": False, "check_args": False}
    (parsed,) = crossplane.parse(str(path), **options)["config"]
    tree = nginx.read(Source("a.conf", data)).tree
    assert list(ours(tree, data)) == list(theirs(parsed["parsed"]))


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.relative_to(CORPUS).as_posix())
def test_tokens_and_the_space_between_them_are_the_file(path: Path) -> None:
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    lexer, written, end = Lexer(data), b"", 0
    while (token := lexer.next()) is not None:
        assert not data[end : token.start].strip()
        written += data[end : token.start] + data[token.start : token.end]
        end = token.end
    assert written + data[end:] == data
    assert not data[end:].strip()


SHAPED = st.lists(
    st.sampled_from(
        [
            *"{};#'\"\\$ \n\t",
            *("server", "listen 443 ssl;", "http {", "location / {", "include", "map $a $b {"),
            *("ssl_verify_client optional;", "if ($ssl_client_verify != SUCCESS) {", "return 403;"),
            *("{% if a %}", "{% else %}", "{% endif %}", "{{ x }}", "<% if a %>", "<% end %>"),
            *("{{- end }}", "access_by_lua_block {", "proxy_pass http://a;", "${X}", "*.conf;"),
            *("rewrite ^/(a|b) /c last;", "set $a $b$b;", "error_page 495 496 = @x;", "\0", "é"),
        ]
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), SHAPED.map(lambda parts: " ".join(parts).encode())))
def test_no_bytes_make_it_raise_and_spans_lie_inside(data: bytes) -> None:
    nginx.claims("conf.d/a.conf", data)
    facts = nginx.read(Source("a.conf", data))
    assert pickle.loads(pickle.dumps(facts)) == facts
    document = nginx.resolve(Project({"a.conf": facts}, Paths(("a.conf",))))
    spans = [each.head for each in document.endpoints]
    for endpoint in document.endpoints:
        for state in endpoint.states:
            for made in state.values():
                spans += [made.span, *made.via]
    for problem in facts.problems:
        spans += [problem.span] if problem.span else []
    for span in spans:
        assert 0 <= span.start <= span.end <= len(data)
    identities = [each.id for each in document.endpoints]
    assert len(identities) == len(set(identities))


NAMES = ("nginx.conf", "conf.d/a.conf", "conf.d/b.conf.j2", "sites-available/x", "snip")
LINES = st.sampled_from(
    [
        *("http {", "stream {", "server {", "location / {", "}", "}", "}", "upstream a {"),
        *("include conf.d/*.conf;", "include snip;", "include nginx.conf;", "include ${X};"),
        *("listen 443 ssl;", "listen 80;", "ssl_verify_client on;", "ssl_verify_client optional;"),
        *("if ($ssl_client_verify != SUCCESS) {", "return 403;", "return 418;", "root /a;"),
        *("map $ssl_client_verify $a {", "default 1;", "set $a $b;", "proxy_pass http://$a;"),
        *("{% if a %}", "{% else %}", "{% endif %}", "{{ x }}", "error_page 403 418 496 = @x;"),
        *("location @x {", "rewrite ^ /a last;", "ssl_ciphers RC4;", "ssl_preread on;", "ssl on;"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.lists(LINES, max_size=30).map("\n".join),
        min_size=1,
    )
)
def test_whatever_files_include_each_other_the_model_holds(files: dict[str, str]) -> None:
    facts = {path: nginx.read(Source(path, text.encode())) for path, text in files.items()}
    document = nginx.resolve(Project(facts, Paths(tuple(sorted(files)))))
    identities = {each.id for each in document.endpoints}
    assert len(identities) == len(document.endpoints)
    assert all({each.server, each.client} <= identities for each in document.routes)
    for endpoint in document.endpoints:
        for name, made in (pair for state in endpoint.states for pair in state.items()):
            word = VOCABULARY[name]
            assert endpoint.side in word.on
            assert made.value is None or not word.values or made.value in word.values
            assert 0 <= made.span.start <= made.span.end <= len(files[made.span.path].encode())


@pytest.mark.parametrize(
    "piece",
    [
        b"a{",
        b"{{",
        b"<% if x %>",
        b"'",
        b"content_by_lua_block { [[",
        b"server { listen 443 ssl; ssl_protocols TLSv1.2; }\n",
        b"x ",
        b"${X}\n",
    ],
    ids=["deep", "braces", "ifs", "quotes", "lua", "servers", "words", "placeholders"],
)
def test_large_input_is_read_in_linear_time(piece: bytes) -> None:
    def work(times: int) -> None:
        facts = nginx.read(Source("a.conf", piece * times))
        pickle.dumps(facts)
        nginx.resolve(Project({"a.conf": facts}, Paths(("a.conf",))))

    work(200_000 // len(piece))  # must end, and not by running out of stack or memory
    once, twice = (calls(lambda times=times: work(times)) for times in (500, 1000))
    assert twice < 2.5 * once


@pytest.mark.parametrize(
    ("path", "head", "claim"),
    [
        ("nginx.conf", b"http {\n  include a;\n}\n", Claim.YES),
        ("conf.d/site.conf", b"server {\n listen 80;\n}\n", Claim.YES),
        ("sites-available/example.com", b"server { listen 80; }\n", Claim.YES),
        ("sites-available/example.com", b"<VirtualHost *:443>\n SSLEngine on\n", Claim.NO),
        ("templates/default.conf.template", b"server {\n  listen ${PORT};\n}\n", Claim.YES),
        ("haproxy.conf", b"frontend a\n  bind *:443 ssl crt x\n", Claim.NO),
        ("supervisord.conf", b"[program:nginx]\ncommand=nginx\n", Claim.NO),
        ("server.conf", b'server {\n    bind_address = "0.0.0.0"\n}\n', Claim.MAYBE),
        ("conf.d/0-old.conf.disabled", b"server {\n listen 80;\n}\n", Claim.NO),
        ("main.rs", b"server {\n listen 80;\n}\n", Claim.NO),
        ("configs/ssl.cfg", b"server {\n listen 443 ssl;\n}\n", Claim.MAYBE),
        ("haproxy.cfg", b"frontend a\n bind :443\nserver {\n listen 443 ssl;\n}\n", Claim.NO),
        ("nginx/shop.example.ru", b"server {\n listen 443 ssl;\n}\n", Claim.MAYBE),
        ("notes/shop.example.ru", b"server {\n listen 443 ssl;\n}\n", Claim.NO),
    ],
)
def test_claims_go_by_name_and_content(path: str, head: bytes, claim: Claim) -> None:
    assert nginx.claims(path, head) is claim
