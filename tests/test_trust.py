"""What the files of certificates and keys that a project names turn out to be."""

from __future__ import annotations

from base64 import b64encode, encodebytes
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from certificates import NOW, YEAR, made, revocations
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_crl
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import run
from mtlslint.engine import Result
from mtlslint.finding import Level
from mtlslint.pem import LIMIT, contents

ROOT = made("Root", ca=True)
POLICY = made("Policy CA", ROOT, ca=True)
ISSUING = made("Issuing CA", POLICY, ca=True)
LEAF = made("api.example.com", ISSUING, ca=False)
PINNED = made("pinned.example.com", ca=False)
EXPIRED = made("old.example.com", ROOT, ca=False, begins=NOW - 2 * YEAR, ends=NOW - YEAR)
OLD_ROOT = made("Old Root", ca=True, begins=NOW - 9 * YEAR, ends=NOW - YEAR)
LATER = made("later.example.com", ROOT, ca=False, begins=NOW + YEAR, ends=NOW + 2 * YEAR)

KEY, OLD = LEAF.private(), EXPIRED.pem

Files = Mapping[str, bytes]

NGINX = """
http {
    server {
        listen 127.0.0.1:443 ssl;
        ssl_protocols TLSv1.3;
        %s
    }
}
"""


def judged(files: Files, rule: str, path: str) -> list[tuple[str, str]]:
    """Return what a rule says of a file: the text it points to, and what stands in brackets."""
    result = run(dict(files), "strict")
    assert not result.problems
    return [(text_at(result, at), note(result, at)) for at in places(result, rule, path)]


def places(result: Result, rule: str, path: str) -> list[int]:
    found = result.findings
    return [at for at, f in enumerate(found) if f.rule == rule and f.span.path == path]


def text_at(result: Result, at: int) -> str:
    return result.sources.text(result.findings[at].span)


def note(result: Result, at: int) -> str:
    return result.findings[at].message.partition(" (")[2].removesuffix(")")


def nginx(lines: str, rule: str = "MTLS604", **files: bytes) -> list[str]:
    """Return what is said of lines in a server; `_` in the names of files is the last dot."""
    held = {f"conf/{'.'.join(name.rsplit('_', 1))}": data for name, data in files.items()}
    held["conf/nginx.conf"] = (NGINX % lines).encode()
    return [note for _, note in judged(held, rule, "conf/nginx.conf")]


EXPIRY = ["old.example.com expired on 2026-01-15"]
NO_CA = ["api.example.com may not issue certificates"]


@pytest.mark.parametrize(
    ("line", "held", "said"),
    [
        ("ssl_certificate a.pem;", EXPIRED.pem, EXPIRY),
        ("ssl_certificate a.pem;", EXPIRED.der, EXPIRY),
        ("ssl_certificate a.pem;", EXPIRED.pem + ROOT.pem, EXPIRY),
        ("ssl_certificate a.pem;", LATER.pem, ["later.example.com is valid from 2028-01-15"]),
        ("ssl_certificate a.pem;", LEAF.pem + ISSUING.pem, []),
        ("ssl_certificate a.pem;", LEAF.pem + ISSUING.pem + POLICY.pem, []),
        ("proxy_ssl_certificate a.pem;", EXPIRED.pem, EXPIRY),
        ("ssl_client_certificate a.pem;", OLD_ROOT.pem, ["Old Root expired on 2026-01-15"]),
        ("ssl_client_certificate a.pem;", OLD_ROOT.pem + ROOT.pem, []),
        ("ssl_client_certificate a.pem;", LEAF.pem, NO_CA),
        ("ssl_client_certificate a.pem;", LEAF.pem + ROOT.pem, []),
        ("ssl_client_certificate a.pem;", PINNED.pem, []),
        ("ssl_client_certificate a.pem;", POLICY.pem, []),
        ("ssl_trusted_certificate a.pem;", LEAF.pem, []),
        ("proxy_ssl_trusted_certificate a.pem;", LEAF.pem, NO_CA),
        ("ssl_certificate a.pem;", b"", []),
        ("ssl_certificate a.pem;", LEAF.pem[:99] + LEAF.pem[-28:], []),
        ("ssl_certificate a.pem;", b"version https://git-lfs.github.com/spec/v1\n", []),
        ("ssl_certificate b.pem;", EXPIRED.pem, []),
        ("ssl_certificate /srv/a.pem;", EXPIRED.pem, []),
        ("ssl_certificate $name.pem;", EXPIRED.pem, []),
        ("ssl_certificate_key a.pem;", EXPIRED.pem, []),
    ],
)  # fmt: skip
def test_certificates_by_what_they_are_used_as(line: str, held: bytes, said: list[str]) -> None:
    assert nginx(line, a_pem=held) == said


def test_a_certificate_lasts_to_the_end_of_its_last_day() -> None:
    assert nginx("ssl_certificate a.pem;", a_pem=made("a", ends=NOW).pem) == []
    yesterday = made("a", ends=NOW - timedelta(days=1)).pem
    assert nginx("ssl_certificate a.pem;", a_pem=yesterday) == ["a expired on 2027-01-14"]
    tomorrow = made("a", begins=NOW + timedelta(days=1)).pem
    assert nginx("ssl_certificate a.pem;", a_pem=tomorrow) == []


def weak(key: object) -> bytes:
    return made("weak", ROOT, ca=False, key=key).pem


CURVE_192 = ec.generate_private_key(ec.SECP192R1())


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (weak(rsa.generate_private_key(65537, 1024)), ["weak has an RSA key of 1024 bits"]),
        (weak(rsa.generate_private_key(65537, 2048)), []),
        (weak(dsa.generate_private_key(2048)), ["weak has a DSA key"]),
        (weak(CURVE_192), ["weak has an elliptic curve key of 192 bits"]),
    ],
)  # fmt: skip
def test_weak_keys(held: bytes, said: list[str]) -> None:
    assert nginx("ssl_certificate a.pem;", a_pem=held) == said
    assert nginx("ssl_client_certificate a.pem;", a_pem=ROOT.pem + held) == said


# cryptography signs nothing with SHA-1 any more; openssl x509 made these, and their keys are gone.
SHA1 = b"""\
-----BEGIN CERTIFICATE-----
MIIBGjCBwgIBAjAJBgcqhkjOPQQBMBYxFDASBgNVBAMMC0xlZ2FjeSBSb290MCAX
DTI2MTEyODA0NDYzNloYDzIxMjYxMTA0MDQ0NjM2WjAdMRswGQYDVQQDDBJsZWdh
Y3kuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATNAFyz+yMQ
NEoWz+D0a8jW2ZJrDKdb6tC7cNCYcT85Lu/l3netOg17n/+7/DhX3dr8GvxlpXw5
g6dF6BVHDsBBMAkGByqGSM49BAEDSAAwRQIgGlIha9sstiTWeoR+md9YiorKUnQO
JrZ1Q/oARyNETBkCIQDVaIqj2ohRPxdWWYbfjuHmOcosUUJiw6wjQuK0m8Y/bg==
-----END CERTIFICATE-----
"""
SHA1_ROOT = b"""\
-----BEGIN CERTIFICATE-----
MIIBbjCCARWgAwIBAgIBATAJBgcqhkjOPQQBMBYxFDASBgNVBAMMC0xlZ2FjeSBS
b290MCAXDTI2MTEyODA0NDYzNloYDzIxMjYxMTA0MDQ0NjM2WjAWMRQwEgYDVQQD
DAtMZWdhY3kgUm9vdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKAJ4+Dy6BqV
PNNLoi/gOd2L6DtpNwl4/FxCQJ/XYBnvOpHhE+kJ9plQspNy3xei9hnfCiXNQWsW
14F7vAcmsEyjUzBRMB0GA1UdDgQWBBRv6VxUKR2N9IHFONsUnOL6j1UYCzAfBgNV
HSMEGDAWgBRv6VxUKR2N9IHFONsUnOL6j1UYCzAPBgNVHRMBAf8EBTADAQH/MAkG
ByqGSM49BAEDSAAwRQIhALil8MS0OfagX68dX7i5+UTvSX+CvskgLp/aGqFmGA8y
AiAm50uI4RgHOGIEdOjYKwj49a9bgA9DCMqIqaXoZx8y4A==
-----END CERTIFICATE-----
"""


def test_broken_hashes_count_where_signatures_are_checked() -> None:
    said = ["legacy.example.com has a signature with SHA1"]
    assert nginx("ssl_certificate a.pem;", a_pem=SHA1) == said
    assert nginx("ssl_certificate a.pem;", a_pem=SHA1_ROOT) == []
    assert nginx("ssl_client_certificate a.pem;", a_pem=SHA1_ROOT) == []


def test_a_key_in_a_ca_file() -> None:
    said = ["whoever is given the file can issue certificates"]
    for line in ("ssl_client_certificate a.pem;", "ssl_trusted_certificate a.pem;"):
        found = run(
            {"nginx.conf": (NGINX % line).encode(), "a.pem": ROOT.pem + ROOT.private()}, "mtls"
        )
        [finding] = [one for one in found.findings if one.rule == "MTLS604"]
        assert said[0] in finding.message
    assert nginx("ssl_client_certificate a.pem;", a_pem=ROOT.pem + ROOT.private(b"pass")) == []
    assert nginx("ssl_client_certificate a.pem;", "MTLS602", a_pem=ROOT.pem + ROOT.private()) == []


def test_revocation_lists() -> None:
    due, past = revocations(ROOT, NOW + YEAR), revocations(ROOT, NOW - YEAR)
    other = revocations(OLD_ROOT, NOW - YEAR)
    late = ["the next one was due on 2026-01-15"]
    assert nginx("ssl_crl a.pem;", a_pem=due) == []
    assert nginx("ssl_crl a.pem;", a_pem=past) == late
    assert nginx("ssl_crl a.pem;", a_pem=past + due) == []
    assert nginx("ssl_crl a.pem;", a_pem=due + other) == late


LONE = ["api.example.com stands alone, and its issuer Issuing CA is in conf/chain.pem"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"chain_pem": ISSUING.pem}, LONE),
        ({"chain_pem": LEAF.pem + ISSUING.pem + POLICY.pem}, LONE),
        ({"chain_pem": ISSUING.pem + POLICY.pem, "root_crt": ROOT.pem}, LONE),
        ({"chain_pem": ISSUING.pem + POLICY.pem + ROOT.pem}, []),
        ({"chain_pem": LEAF.pem + ISSUING.pem + POLICY.pem + ROOT.pem}, LONE),
        ({"chain_pem": POLICY.pem + ROOT.pem}, []),
        ({"chain_txt": ISSUING.pem}, []),
        ({}, []),
    ],
)
def test_an_intermediate_that_is_not_sent(files: dict[str, bytes], said: list[str]) -> None:
    assert nginx("ssl_certificate a.pem;", a_pem=LEAF.pem, **files) == said


def test_an_intermediate_that_peers_are_given_is_not_missing() -> None:
    lines = "ssl_certificate a.pem; ssl_client_certificate chain.pem;"
    assert nginx(lines, a_pem=LEAF.pem, chain_pem=ISSUING.pem) == []
    bundle = {"chain_pem": ISSUING.pem, "ca_pem": ROOT.pem + POLICY.pem + ISSUING.pem}
    assert nginx("ssl_certificate a.pem;", a_pem=LEAF.pem, **bundle) == []
    direct = made("direct.example.com", ROOT, ca=False).pem
    assert nginx("ssl_certificate a.pem;", a_pem=direct, chain_pem=ROOT.pem) == []
    assert nginx("ssl_certificate a.pem;", a_pem=direct, chain_pem=direct + ROOT.pem) == []
    lines = "ssl_certificate a.pem; ssl_trusted_certificate chain.pem;"
    assert nginx(lines, a_pem=LEAF.pem, chain_pem=ISSUING.pem) == LONE


CHAIN = ROOT.pem + POLICY.pem + ISSUING.pem


@pytest.mark.parametrize(
    ("depth", "held", "at"),
    [
        ("", CHAIN, "ssl_client_certificate a.pem"),
        ("ssl_verify_depth 1;", CHAIN, "ssl_verify_depth 1"),
        ("ssl_verify_depth 2;", CHAIN, ""),
        ("", ROOT.pem + POLICY.pem, ""),
        ("ssl_verify_depth 0;", ROOT.pem + POLICY.pem, "ssl_verify_depth 0"),
        ("", POLICY.pem + ISSUING.pem, ""),  # without a root, the way to it isn't known
        ("", ROOT.pem + ISSUING.pem, ""),
        ("", ISSUING.pem + ROOT.pem + LEAF.pem + POLICY.pem, "ssl_client_certificate a.pem"),
    ],
)
def test_chains_that_are_cut_too_short(depth: str, held: bytes, at: str) -> None:
    lines = f"ssl_client_certificate a.pem; ssl_verify_client on; {depth}"
    files = {"conf/a.pem": held, "conf/nginx.conf": (NGINX % lines).encode()}
    found = [text for text, _ in judged(files, "MTLS603", "conf/nginx.conf")]
    assert found == ([at] if at else [])


OPENSSL = """
fn acceptor() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = openssl::ssl::SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("tls/ca.pem")?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    builder.set_verify_depth(%d);
    Ok(builder.build())
}
"""


@pytest.mark.parametrize(("depth", "at"), [(1, ["set_verify_depth(1)"]), (2, [])])
def test_chains_that_openssl_is_told_to_cut(depth: int, at: list[str]) -> None:
    files = {"src/lib.rs": (OPENSSL % depth).encode(), "tls/ca.pem": CHAIN}
    assert [text for text, _ in judged(files, "MTLS603", "src/lib.rs")] == at


def test_without_verification_no_chain_is_cut() -> None:
    assert nginx("ssl_client_certificate a.pem;", "MTLS603", a_pem=CHAIN) == []


@pytest.mark.parametrize(
    ("line", "held", "count"),
    [
        ("ssl_certificate_key a.key;", LEAF.private(), 1),
        ("ssl_certificate_key a.key;", LEAF.private(traditional=True), 1),
        ("ssl_certificate_key a.key;", LEAF.pem + LEAF.private(), 1),
        ("ssl_certificate_key /etc/nginx/a.key;", LEAF.private(), 1),
        ("ssl_certificate_key a.key;", LEAF.private(b"secret"), 0),
        ("ssl_certificate_key a.key;", LEAF.private(b"secret", traditional=True), 0),
        ("ssl_certificate_key a.key; ssl_password_file words;", LEAF.private(b"secret"), 1),
        ("ssl_certificate_key a.key; ssl_password_file /run/words;", LEAF.private(b"secret"), 0),
        ("ssl_certificate_key a.key;", b"\0GITCRYPT\0" + bytes(range(200)), 0),
        ("ssl_certificate_key a.key;", LEAF.pem, 0),
        ("ssl_certificate a.key;", LEAF.pem + LEAF.private(), 0),
    ],
)
def test_keys_are_told_by_what_is_in_them(line: str, held: bytes, count: int) -> None:
    files = {"a.key": held, "words": b"secret\n", "nginx.conf": (NGINX % line).encode()}
    assert len(judged(files, "MTLS602", "nginx.conf")) == count


ENVOY = """
static_resources:
  listeners:
  - name: a
    address: {socket_address: {address: 127.0.0.1, port_value: 1}}
    filter_chains:
    - transport_socket:
        name: tls
        typed_config:
          "@type": envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          common_tls_context:
            %s
"""


KEY_AT = "tls_certificates: [{private_key: {filename: %s}}]"
KEY_WITH = "tls_certificates: [{private_key: {filename: tls/a}, password: {%s}}]"
CONTEXT = "validation_context: {%s: {filename: tls/a}}"
LOCKED = LEAF.private(b"secret")


@pytest.mark.parametrize(
    ("field", "held", "rules"),
    [
        ("tls_certificates: [{certificate_chain: {filename: tls/a}}]", EXPIRED.pem, ["MTLS604"]),
        (KEY_AT % "./tls/a", LEAF.private(), ["MTLS602"]),
        ("tls_certificates: {private_key: {filename: tls/a}}", LEAF.private(), ["MTLS602"]),
        (KEY_AT % "/srv/tls/a", LEAF.private(), []),
        (KEY_AT % "tls/b", LEAF.private(), []),
        (KEY_AT % "tls/a", LOCKED, []),
        (KEY_WITH % "inline_string: secret", LOCKED, ["MTLS602"]),
        (KEY_WITH % "inline_string: '{{ word }}'", LOCKED, []),
        (KEY_WITH % "filename: /run/word", LOCKED, []),
        (CONTEXT % "trusted_ca", OLD_ROOT.pem, ["MTLS604"]),
        (CONTEXT % "trusted_ca", LEAF.pem, []),  # an anchor all the same
        (CONTEXT % "crl", revocations(ROOT, NOW - YEAR), ["MTLS604"]),
    ],
)
def test_envoy_names_files(field: str, held: bytes, rules: list[str]) -> None:
    result = run({"envoy.yaml": (ENVOY % field).encode(), "tls/a": held}, "mtls")
    found = [one for one in result.findings if one.rule in ("MTLS602", "MTLS604")]
    assert [one.rule for one in found] == rules
    assert all(result.sources.text(one.span) == "filename" for one in found)


def test_envoy_holds_certificates_in_place() -> None:
    pem = EXPIRED.pem.decode().replace("\n", "\\n")
    field = f'tls_certificates: [{{certificate_chain: {{inline_string: "{pem}"}}}}]'
    [(text, _)] = judged({"envoy.yaml": (ENVOY % field).encode()}, "MTLS604", "envoy.yaml")
    assert text == "inline_string"


@pytest.mark.parametrize(
    ("field", "held", "count"),
    [
        ("data", KEY.decode(), 1),
        ("data", (LEAF.pem + KEY).decode(), 1),
        ("data", LOCKED.decode(), 0),
        ("data", LEAF.pem.decode(), 0),
        ("data", f"# to be replaced\n{KEY.decode()}", 0),
        ("binaryData", b64encode(KEY).decode(), 1),
        ("binaryData", b64encode(LEAF.pem).decode(), 0),
        ("stringData", KEY.decode(), 0),
    ],
)
def test_config_maps_hold_keys(field: str, held: str, count: int) -> None:
    lines = held.replace("\n", "\n    ").rstrip()
    text = f"kind: ConfigMap\nmetadata: {{name: a}}\n{field}:\n  tls.key: |\n    {lines}\n"
    assert len(judged({"map.yaml": text.encode()}, "MTLS602", "map.yaml")) == count


def code(path: str, line: str, held: bytes, name: str) -> list[str]:
    """Return the rules that a line of code brings; `name` is the file that is beside it."""
    result = run({path: line.encode(), name: held, "Cargo.toml": b""}, "strict")
    assert not result.problems
    found = (one for one in result.findings if one.rule in ("MTLS602", "MTLS604"))
    return [one.rule for one in found if one.level > Level.NOTE]


TLS_KEY = ("tls/a.key", KEY, ["MTLS602"])
CRATE = 'env!("CARGO_MANIFEST_DIR")'


@pytest.mark.parametrize(
    ("line", "name", "held", "rules"),
    [
        ('const KEY: &[u8] = include_bytes!("a.key");', "src/a.key", KEY, ["MTLS602"]),
        ('const CA: &str = include_str!("../tls/a.pem");', "tls/a.pem", OLD, ["MTLS604"]),
        ('fn f() { load_key("tls/a.key"); }', "tls/a.key", KEY, ["MTLS602"]),
        ('fn f() { load_key(Path::new("tls/a.key")); }', "tls/a.key", KEY, ["MTLS602"]),
        ('fn f() { let key = fs::read("a.key")?; }', "a.key", KEY, ["MTLS602"]),
        ('fn f() { File::open(&"tls/a.pem".to_string())?; }', "tls/a.pem", OLD, ["MTLS604"]),
        ('const KEY: &str = "tls/a.key";', "tls/a.key", KEY, ["MTLS602"]),
        ('fn f() -> C { C { key: "tls/a.key".into() } }', "tls/a.key", KEY, ["MTLS602"]),
        ('fn f() { var("K").unwrap_or("tls/a.key".into()); }', "tls/a.key", KEY, ["MTLS602"]),
        ('fn f() { b.set_ca_file("tls/a.pem")?; }', "tls/a.pem", LEAF.pem, ["MTLS604"]),
        ('fn f() { b.set_ca_file("tls/a.pem")?; }', "tls/a.pem", PINNED.pem, []),
        ('fn f() { R::from_pem_file("tls/a.pem", "b.key"); }', "tls/a.pem", OLD, ["MTLS604"]),
        (
            'fn f() { read(concat!(env!("CARGO_MANIFEST_DIR"), "/tls/a.key")); }',
            "tls/a.key",
            KEY,
            ["MTLS602"],
        ),
        (
            'fn f() { read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tls/a.key")); }',
            "tls/a.key",
            KEY,
            ["MTLS602"],
        ),
        (f'fn f() {{ read(PathBuf::from({CRATE}).join("tls").join("a.key")); }}', *TLS_KEY),
        (f'fn f() {{ let d = PathBuf::from({CRATE}); read(d.join("tls/a.key")); }}', *TLS_KEY),
        (
            f'fn f() {{ let d = PathBuf::from_iter([{CRATE}, "tls"]); read(d.join("a.key"))?; }}',
            *TLS_KEY,
        ),
        (f'fn f() {{ load(format!("{{}}/tls/a.key", {CRATE})); }}', *TLS_KEY),
        ('const D: &str = "tls"; fn f() { read(Path::new(D).join("a.key")); }', *TLS_KEY),
        ('fn f() { read(current_dir()?.join("tls").join("a.key")); }', *TLS_KEY),
        (
            f'fn f() {{ let d = var({CRATE[4:]})?; read(Path::new(&d).join("tls/a.key")); }}',
            *TLS_KEY,
        ),
        ('fn f() { let d = folder(); read(d.join("tls/a.key")); }', *TLS_KEY[:2], []),
        ('fn f() { read(d.join("tls/a.key")); let d = Path::new(""); }', *TLS_KEY[:2], []),
        ('fn f() { load(format!("{}/tls/a.key", folder)); }', *TLS_KEY[:2], []),
        ('fn f() { load().expect("tls/a.key"); }', *TLS_KEY[:2], []),
        ('fn f() { load("tls/a.key".parse().expect("a path")); }', *TLS_KEY),
        ('fn f() { b.key_path("tls/a.rsa"); }', "tls/a.rsa", KEY, ["MTLS602"]),
        ('fn f() { b.client_auth_required_path("a.pem"); }', "a.pem", ROOT.pem + KEY, ["MTLS604"]),
        ('fn f() { b.client_auth_optional_path("a.pem"); }', "a.pem", ROOT.pem + KEY, ["MTLS604"]),
        ('fn f() { read(folder.join("a.key")); }', "a.key", KEY, []),
        ('fn f() { fs::write("a.key", key)?; }', "a.key", KEY, []),
        ('fn f() { Path::new("a.key").exists(); }', "a.key", KEY, []),
        ('fn f() { println!("wrote {}", "a.key"); }', "a.key", KEY, []),
        ('fn f() { Command::new("openssl").args(["-out", "a.key"]); }', "a.key", KEY, []),
        ('fn f() { if name == "a.key" { return; } }', "a.key", KEY, []),
        ('fn f() { match name { "a.key" => 1, _ => 2 }; }', "a.key", KEY, []),
        ('// load_key("a.key")', "a.key", KEY, []),
        ('fn f() { load_key("/etc/a.key"); }', "etc/a.key", KEY, []),
        ('fn f() { load_key("a.key"); }', "a.key", LEAF.private(b"secret"), []),
        ('#[cfg(test)] mod t { fn f() { load_key("a.key"); } }', "a.key", KEY, []),
    ],
)
def test_rust_names_files(line: str, name: str, held: bytes, rules: list[str]) -> None:
    assert code("src/main.rs", line, held, name) == rules


@pytest.mark.parametrize(
    ("line", "name", "held", "rules"),
    [
        ('c.load_cert_chain("tls/a.pem", "/k.key")', "tls/a.pem", OLD, ["MTLS604"]),
        ('c.load_cert_chain("c.pem", "tls/a.key")', "tls/a.key", KEY, ["MTLS602"]),
        ('c.load_cert_chain(certfile="c.pem", keyfile="a.key")', "a.key", KEY, ["MTLS602"]),
        ('c.load_cert_chain("a.pem")', "a.pem", LEAF.pem + KEY, ["MTLS602"]),
        ('c.load_cert_chain("a.pem", "b.key")', "a.pem", LEAF.pem + KEY, []),
        ('c.load_cert_chain("c", "a.key")', "a.key", LEAF.private(b"x"), []),
        ('c.load_cert_chain("c", "a.key", "x")', "a.key", LEAF.private(b"x"), ["MTLS602"]),
        ('c.load_cert_chain("c", "a.key", password="x")', "a.key", LEAF.private(b"x"), ["MTLS602"]),
        ('c.load_cert_chain("c", "a.key", password=word)', "a.key", LEAF.private(b"x"), []),
        ('c.load_verify_locations("a.pem")', "a.pem", OLD_ROOT.pem, ["MTLS604"]),
        ('c.load_verify_locations("a.pem")', "a.pem", LEAF.pem, []),  # a pin, from Python 3.13 on
        ('c.load_verify_locations("a.pem")', "a.pem", ROOT.pem + KEY, ["MTLS604"]),
        ('uvicorn.run(app, ssl_keyfile="a.key")', "a.key", KEY, ["MTLS602"]),
        ('app.run(ssl_context=("a.pem", "b.key"))', "b.key", KEY, ["MTLS602"]),
        ('requests.get(url, verify="tls/a.pem")', "tls/a.pem", OLD_ROOT.pem, ["MTLS604"]),
        ('keyfile = "tls/a.key"', "tls/a.key", KEY, ["MTLS602"]),
        ('OPTIONS = {"keyfile": "tls/a.key"}', "tls/a.key", KEY, ["MTLS602"]),
        ('KEY = os.environ.get("KEY", "tls/a.key")', "tls/a.key", KEY, ["MTLS602"]),
        ('KEY = os.path.join(os.path.dirname(__file__), "a.key")', "a.key", KEY, ["MTLS602"]),
        ('KEY = os.path.join(HERE, "tls", "a.key")', *TLS_KEY),
        ('KEY = os.path.join(settings.BASE_DIR, "tls", "a.key")', *TLS_KEY),
        ('HERE = folder()\nKEY = os.path.join(HERE, "tls", "a.key")', *TLS_KEY[:2], []),
        ('C = os.path.join(os.getcwd(), "tls")\nKEY = os.path.join(C, "a.key")', *TLS_KEY),
        ('C = Path(__file__).resolve().parent / "tls"\nload(C / "a.key")', *TLS_KEY),
        ('C = Path(__file__).parents[1] / "tls"\nload(C.joinpath("a.key"))', *TLS_KEY),
        ('C = os.path.dirname(os.path.abspath(__file__))\nload(C + "/tls/a.key")', *TLS_KEY),
        ('C = os.path.dirname(__file__)\nload(f"{C}/tls/a.key")', *TLS_KEY),
        ('def f():\n    c = "tls"\n    load(os.path.join(c, "a.key"))', *TLS_KEY),
        ('def f(c):\n    load(os.path.join(c, "tls", "a.key"))', *TLS_KEY[:2], []),
        ('load(f"{folder}/tls/a.key")', *TLS_KEY[:2], []),
        ('KEY = Path(__file__).parent / "tls" / "a.key"', "tls/a.key", KEY, ["MTLS602"]),
        ('KEY = Path("tls") / "a.key"', "tls/a.key", KEY, ["MTLS602"]),
        ('k = load(Path("a.key").read_bytes())', "a.key", KEY, ["MTLS602"]),
        ('k = open("a.key", "rb").read()', "a.key", KEY, ["MTLS602"]),
        ('open("a.key", "wb").write(k)', "a.key", KEY, []),
        ('KEY = os.path.join(FOLDER, "a.key")', "a.key", KEY, []),
        ('KEY = FOLDER / "a.key"', "a.key", KEY, []),
        ('KEY = FOLDER + "/a.key"', "a.key", KEY, []),
        ('if name == "a.key": pass', "a.key", KEY, []),
        ('if os.path.exists("a.key"): pass', "a.key", KEY, []),
        ('subprocess.run(["openssl", "genrsa", "-out", "a.key"])', "a.key", KEY, []),
        ('"a.key"', "a.key", KEY, []),
        ('x = {"a.key": 1}["a.key"]', "a.key", KEY, []),
        ('c.load_cert_chain("/c.pem", "/a.key")', "a.key", KEY, []),
        ("def test_it():\n    load('a.key')", "a.key", KEY, []),
    ],
)
def test_python_names_files(line: str, name: str, held: bytes, rules: list[str]) -> None:
    assert code("server.py", f"import os, ssl\n{line}\n", held, name) == rules


def test_one_file_named_twice_is_a_finding_at_each_line() -> None:
    lines = "ssl_certificate a.pem; } server { listen 127.0.0.1:444 ssl; ssl_certificate a.pem;"
    assert len(nginx(lines, a_pem=OLD)) == 2


INSTALLED = (NGINX % "ssl_certificate_key /etc/tls/a.key;").encode()


@pytest.mark.parametrize(
    ("where", "text", "found"),
    [
        ("Dockerfile", "FROM nginx\nCOPY certs/a.key /etc/tls/a.key", True),
        ("Dockerfile", "FROM nginx\nCOPY certs/a.key /etc/tls/", True),
        ("Dockerfile", "FROM nginx\nCOPY --chown=1:1 certs /etc/tls", True),
        ("Dockerfile", "FROM nginx\nCOPY certs/*.key /etc/tls/", True),
        ("Dockerfile", 'FROM nginx\nADD ["certs/a.key", "/etc/tls/a.key"]', True),
        ("Dockerfile", "FROM nginx\nWORKDIR /etc\nCOPY certs/ tls/", True),
        ("Dockerfile", "FROM nginx\nCOPY \\\n  certs/a.key \\\n  /etc/tls/", True),
        ("docker/edge.Dockerfile", "FROM nginx\nCOPY certs /etc/tls", True),
        ("Dockerfile", "FROM nginx\nCOPY certs/*.pem /etc/tls/", False),
        ("Dockerfile", "FROM nginx\nCOPY --from=made certs/a.key /etc/tls/a.key", False),
        ("Dockerfile", "FROM x\nCOPY certs/a.key /etc/tls/a.key\nFROM nginx", False),
        ("Dockerfile", "FROM nginx\nCOPY certs/b.key /etc/tls/a.key", False),
        ("Dockerfile", "FROM nginx\nCOPY $CERTS/a.key /etc/tls/a.key", False),
        ("Dockerfile", "FROM nginx\nRUN cp certs/a.key /etc/tls/a.key", False),
        ("compose.yaml", "    volumes:\n      - ./certs:/etc/tls:ro\n", True),
        ("compose.yaml", "    volumes:\n      - './certs/a.key:/etc/tls/a.key'\n", True),
        ("compose.yaml", "  - type: bind\n    source: ./certs\n    target: /etc/tls\n", True),
        ("compose.yaml", "    volumes:\n      - certs:/etc/tls\n", False),
        ("compose.yaml", "    volumes:\n      - ./other:/etc/tls\n", False),
        ("notes.txt", "COPY certs/a.key /etc/tls/a.key", False),
    ],
)  # fmt: skip
def test_files_are_found_where_images_put_them(where: str, text: str, found: bool) -> None:
    files = {"edge/nginx.conf": INSTALLED, "certs/a.key": KEY, where: text.encode()}
    assert len(judged(files, "MTLS602", "edge/nginx.conf")) == found


def test_two_images_that_disagree_tell_nothing_and_the_nearest_wins() -> None:
    copy = b"FROM nginx\nCOPY certs/a.key /etc/tls/a.key"
    locked = LEAF.private(b"secret")
    files = {"edge/nginx.conf": INSTALLED, "a/Dockerfile": copy, "b/Dockerfile": copy}
    files |= {"a/certs/a.key": KEY, "b/certs/a.key": locked}
    assert judged(files, "MTLS602", "edge/nginx.conf") == []
    files |= {"edge/Dockerfile": copy, "edge/certs/a.key": KEY}
    assert len(judged(files, "MTLS602", "edge/nginx.conf")) == 1


def test_what_the_nearest_place_is_filled_from_no_other_program_s_is_taken_for() -> None:
    mount = b"    volumes:\n      - ./certs:/etc/tls\n"
    files = {"edge/nginx.conf": INSTALLED, "app/compose.yaml": mount, "app/certs/a.key": KEY}
    assert len(judged(files, "MTLS602", "edge/nginx.conf")) == 1
    files["edge/compose.yaml"] = mount
    assert judged(files, "MTLS602", "edge/nginx.conf") == []


def test_names_may_climb_but_not_out_of_the_project() -> None:
    files = {"edge/nginx.conf": (NGINX % "ssl_certificate ../tls/a.pem;").encode()}
    assert len(judged({**files, "tls/a.pem": OLD}, "MTLS604", "edge/nginx.conf")) == 1
    files = {"nginx.conf": (NGINX % "ssl_certificate ../../../tls/a.pem;").encode()}
    assert judged({**files, "tls/a.pem": OLD}, "MTLS604", "nginx.conf") == []


def test_folders_of_tests_are_notes() -> None:
    files = {"tests/nginx.conf": (NGINX % "ssl_certificate a.pem;").encode(), "tests/a.pem": OLD}
    [finding] = [one for one in run(files, "mtls").findings if one.rule == "MTLS604"]
    assert finding.level is Level.NOTE


def test_material_of_tests_is_a_note_unless_it_is_compiled_in() -> None:
    line = 'fn f() { load_key("tests/data/a.key"); }'
    assert code("src/main.rs", line, KEY, "tests/data/a.key") == []
    line = 'const KEY: &[u8] = include_bytes!("../tests/data/a.key");'
    assert code("src/main.rs", line, KEY, "tests/data/a.key") == ["MTLS602"]


@pytest.mark.parametrize(
    ("table", "rules"),
    [
        ('[default.tls]\ncerts = "tls/a.pem"\nkey = "tls/a.key"', ["MTLS602", "MTLS604"]),
        ('[default]\ntls = { certs = "tls/b.pem", key = "tls/a.key" }', ["MTLS602"]),
        ('[default.tls.mutual]\nca_certs = "tls/a.pem"', ["MTLS604"]),
        ('[debug.tls]\ncerts = "tls/a.pem"\nkey = "tls/a.key"', []),
    ],
)
def test_rocket_names_files_beside_its_settings(table: str, rules: list[str]) -> None:
    files = {"web/Rocket.toml": table.encode(), "web/Cargo.toml": b'[dependencies]\nrocket = "0.5"'}
    result = run({**files, "web/tls/a.pem": OLD, "web/tls/a.key": KEY}, "mtls")
    found = [one.rule for one in result.findings if one.rule in ("MTLS602", "MTLS604")]
    assert sorted(found) == rules


def test_huge_bundles_are_read_in_part() -> None:
    assert len(contents(ROOT.pem * (LIMIT + 5)).certificates) == LIMIT
    assert nginx("ssl_client_certificate a.pem;", a_pem=b"#" * 3_000_000 + OLD_ROOT.pem) == []


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    contents(data)
    contents(b"\x30" + data)


DER = [LEAF.der, ROOT.der, load_pem_x509_crl(revocations(ROOT, NOW)).public_bytes(Encoding.DER)]


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_damaged_certificates_are_read(picked: st.DataObject) -> None:
    data = bytearray(picked.draw(st.sampled_from(DER)))
    for _ in range(picked.draw(st.integers(1, 4))):
        data[picked.draw(st.integers(0, len(data) - 1))] = picked.draw(st.integers(0, 255))
    for one in contents(bytes(data)).certificates:
        assert "\n" not in one.name
        assert isinstance(one.issued(one), bool)


def test_revocation_lists_with_any_byte_changed_are_read() -> None:
    whole = DER[2]
    for at, byte in enumerate(whole):
        contents(whole[:at] + bytes([byte ^ 0x55]) + whole[at + 1 :])


def test_a_trusted_certificate_of_openssl_is_one() -> None:
    """`openssl x509 -trustout` writes more behind the certificate."""
    body = encodebytes(ROOT.der + b"\x30\x0a\x30\x08\x06\x06\x2b\x06\x01\x05\x05\x07")
    pem = b"-----BEGIN TRUSTED CERTIFICATE-----\n" + body + b"-----END TRUSTED CERTIFICATE-----\n"
    assert [one.name for one in contents(pem).certificates] == ["Root"]


def test_dates_beyond_what_most_can_write() -> None:
    last = made("Forever", ca=True, ends=datetime(9999, 12, 31, 23, 59, 59))
    assert contents(last.pem).certificates[0].ends.year == 9999
