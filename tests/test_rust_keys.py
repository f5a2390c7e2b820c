"""Private keys that are compiled in, and what only looks like one."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import date
from posixpath import normpath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mtlslint.facts import Paths, Project
from mtlslint.files import MemoryFiles
from mtlslint.keys import holds_key, is_der_key, is_key_name, is_pkcs12, key_in
from mtlslint.model import Material
from mtlslint.parsers import rust
from mtlslint.source import Source
from mtlslint.trust import examined

# An Ed25519 key that serves nothing.
BODY = "MC4CAQAwBQYDK2VwBCIEIMishFSJM9Q9P4jA/D+sMnETXb8ueGBjaJp76ravd4nJ"
PEM = f"-----BEGIN PRIVATE KEY-----\n{BODY}\n-----END PRIVATE KEY-----\n"
DER = b64decode(BODY)
LOCKED = PEM.replace("PRIVATE", "ENCRYPTED PRIVATE")


def materials(code: str, **files: bytes) -> list[Material]:
    """Return what a crate holds; `files` are beside the code, `_` for the last dot."""
    sources = {"src/lib.rs": code.encode()}
    sources |= {
        normpath(f"src/{'.'.join(name.rsplit('_', 1))}"): data for name, data in files.items()
    }
    paths = Paths(("Cargo.toml", *sorted(sources)))
    facts = {"src/lib.rs": rust.read(Source("src/lib.rs", sources["src/lib.rs"]))}
    document = rust.resolve(Project(facts, paths))
    return list(examined(document, MemoryFiles(sources), paths, date(2027, 1, 15)).materials)


def pointed(code: str, **files: bytes) -> list[str]:
    return [code[one.span.start : one.span.end] for one in materials(code, **files)]


@pytest.mark.parametrize(
    "literal",
    [
        f'"{PEM}"',
        f'b"{PEM}"',
        f'r#"{PEM}"#',
        '"' + PEM.replace("\n", "\\n\\\n    ") + '"',
        "concat!(" + ", ".join(f'"{line}\\n"' for line in PEM.splitlines()) + ")",
        f'vec![r#"{PEM}"#]',
    ],
)
def test_pasted_as_pem(literal: str) -> None:
    assert pointed(f"const KEY: X = {literal};") == ["-----BEGIN PRIVATE KEY-----"]


@pytest.mark.parametrize("text", [BODY, b64encode(PEM.encode()).decode(), DER.hex()])
def test_pasted_encoded(text: str) -> None:
    assert pointed(f'fn key() -> X {{ decode("{text}") }}') == [text]


@pytest.mark.parametrize(
    "code",
    [
        '"-----BEGIN PRIVATE KEY-----"',
        '"-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----"',
        f'"{LOCKED}"',
        f'"{PEM.replace("PRIVATE", "PUBLIC")}"',
        f'"{b64encode(bytes(range(100))).decode()}"',
        f"1; /* {PEM} */ const B: X = 2",
        "1;\n" + "".join(f"/// {line}\n" for line in PEM.splitlines()) + "const B: X = 2",
    ],
)
def test_not_pasted(code: str) -> None:
    assert pointed(f"const A: X = {code};") == []


@pytest.mark.parametrize(
    ("include", "files", "found"),
    [
        ('include_str!("a.pem")', {"a_pem": PEM.encode()}, True),
        ('include_bytes!("./a.bin.key")', {"a.bin_key": DER}, True),
        ('include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/a.der"))', {"a_der": DER}, True),
        ('vec![include_bytes!("a.pem").to_vec()]', {"a_pem": PEM.encode()}, True),
        ('include_bytes("server.key")', {}, True),
        ('include_str!("../tls/server-key.pem")', {}, True),
        ('include_str!("server.key")', {"server_key": LOCKED.encode()}, False),
        ('include_str!("server.key")', {"server_key": b"-----BEGIN CERTIFICATE-----"}, False),
        ('include_str!("../tls/server.pem")', {}, False),
        ('include_str!("../tls/public.key")', {}, False),
        ('include_str!("keyboard.json")', {}, False),
        ('include_bytes!(env!("KEY"))', {}, False),
    ],
)
def test_included(include: str, files: dict[str, bytes], found: bool) -> None:
    code = f"pub fn key() -> X {{\n    {include}\n}}"
    assert len(materials(code, **files)) == found


@pytest.mark.parametrize(
    ("opening", "found"),
    [
        ('Identity::from_pkcs12(STORE, "changeit")', True),
        ("Identity::from_pkcs12(STORE, PASSWORD)", True),
        ("Pkcs12::from_der(STORE)?.parse2(PASSWORD)", True),
        ("Identity::from_pkcs12(STORE, &password)", False),
        ('Identity::from_pkcs12(STORE, &std::env::var("PASSWORD")?)', False),
    ],
)
def test_a_store_is_as_good_as_its_password(opening: str, found: bool) -> None:
    code = f"""const PASSWORD: &str = "secret";
static STORE: &[u8] = include_bytes!("identity.p12");
fn identity(password: String) -> Result<Identity> {{ Ok({opening}?) }}"""
    assert len(materials(code)) == found


@pytest.mark.parametrize(
    ("call", "count"),
    [
        ('PKey::private_key_from_pem_passphrase(LOCKED, b"changeit")', 1),
        ("PKey::private_key_from_pem_passphrase(LOCKED, PASSWORD)", 1),
        ("PKey::private_key_from_pem_passphrase(LOCKED, password)", 0),
        ("PKey::private_key_from_pem(LOCKED)", 0),
        ('Identity::from_pkcs12(STORE, "changeit")', 0),
    ],
)
def test_a_locked_key_is_as_good_as_its_password(call: str, count: int) -> None:
    code = f"""use openssl::pkey::PKey;
const PASSWORD: &[u8] = b"secret";
static LOCKED: &[u8] = include_bytes!("server.key");
fn key(password: &[u8]) -> Result<PKey> {{ {call} }}"""
    assert len(materials(code, server_key=LOCKED.encode())) == count


def test_test_code_is_marked() -> None:
    code = f"""#[cfg(test)] mod tests {{ const KEY: &str = "{PEM}"; }}
const KEY: &str = "{PEM}";
#[test] fn reads() {{ parse(include_str!("server.key")) }}"""
    assert [one.test_code for one in materials(code)] == [True, False, True]


def test_a_key_may_be_der() -> None:
    assert is_der_key(DER)
    assert holds_key(DER)
    assert not is_der_key(DER + b"\n")
    assert not is_der_key(DER[:-1])
    assert not is_pkcs12(DER)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("tls/server.key", True),
        ("key.pem", True),
        ("agent-key.der", True),
        ("private_key.pem", True),
        ("id_ed25519", True),
        ("server.pem", False),
        ("pubkey.pem", False),
        ("monkey.pem", False),
        ("license.key", False),
    ],
)
def test_names_of_keys(name: str, told: bool) -> None:
    assert is_key_name(name) is told


@given(st.binary(max_size=300))
def test_any_bytes_may_be_asked(data: bytes) -> None:
    holds_key(data)
    is_pkcs12(data)
    found = key_in(b"0" + data, 1)
    assert found is None or 1 <= found[0] <= found[1] <= len(data) + 1


@pytest.mark.parametrize(
    ("call", "held", "found"),
    [
        ('PrivateKeyDer::from_pem_file("server.key")', PEM.encode(), ["src/server.key"]),
        (
            'RustlsConfig::from_pem_file("a.pem", "./server.key").await',
            PEM.encode(),
            ["src/server.key"],
        ),
        ('builder.set_private_key_file("server.key", SslFiletype::PEM)', DER, ["src/server.key"]),
        ('PrivateKeyDer::from_pem_file("/server.key")', PEM.encode(), []),
        ('PrivateKeyDer::from_pem_file("other.key")', PEM.encode(), []),
        ('CertificateDer::from_pem_file("server.key")', b"-----BEGIN CERTIFICATE-----", []),
        ("PrivateKeyDer::from_pem_file(path)", PEM.encode(), []),
        ('load("server.key")', PEM.encode(), ["src/server.key"]),
    ],
)
def test_read_from_the_project(call: str, held: bytes, found: list[str]) -> None:
    materials_found = materials(f"fn key() -> X {{ {call}? }}", server_key=held)
    assert [one.name for one in materials_found if one.held == "file"] == found
    assert len(materials_found) == len(found)


@pytest.mark.parametrize(
    "path",
    [
        'PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tls").join("a.key")',
        'Path::new(env!("CARGO_MANIFEST_DIR")).join("tls/a.key")',
        'PathBuf::from_iter([std::env!("CARGO_MANIFEST_DIR"), "tls"]).join("a.key")',
        'format!("{}/tls/a.key", env!("CARGO_MANIFEST_DIR"))',
        'concat!(env!("CARGO_MANIFEST_DIR"), "/tls/a.key")',
        'Path::new("tls").join("a.key")',
        '{ let dir = ROOT.join("tls"); dir.join("a.key") }',
        '{ let dir = Path::new(ROOT); let dir = dir.join("tls"); dir.join("a.key") }',
    ],
)
def test_a_path_may_be_put_together(path: str) -> None:
    code = f'const ROOT: &str = env!("CARGO_MANIFEST_DIR"); fn key() -> X {{ fs::read({path}) }}'
    found = materials(code, **{"../tls/a_key": PEM.encode()})
    assert [(one.name, one.held) for one in found] == [("tls/a.key", "file")]


@pytest.mark.parametrize(
    "path",
    [
        '{ let dir = env::var("DIR").unwrap(); dir.join("a.key") }',
        '{ let dir = Path::new(ROOT).join(name()); dir.join("a.key") }',
        'Path::new("/etc/app").join("a.key")',
        'Path::new(ROOT).join("other").join("a.key")',
        '["a", "b"].join("a.key")',
        'Path::new(ROOT).join("tls/a.key").exists()',
    ],
)
def test_a_path_that_begins_elsewhere_is_not_looked_for(path: str) -> None:
    code = (
        'const ROOT: &str = env!("CARGO_MANIFEST_DIR"); const dir: &str = "tls"; '
        f"fn key(dir: &Path) -> X {{ fs::read({path}) }}"
    )
    assert materials(code, **{"../tls/a_key": PEM.encode()}) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('NativeTlsConfig::new().pkcs12(include_bytes!("id.p12")).password("secret")', 1),
        ('NativeTlsConfig::new().pkcs12(include_bytes!("id.p12")).password(word)', 0),
        ('connect().password("secret"); keep(include_bytes!("id.p12"))', 0),
        ('async_native_tls::TlsAcceptor::new(&include_bytes!("id.p12")[..], WORD).await', 1),
        ('TlsAcceptor::new(&include_bytes!("id.p12")[..], WORD).await', 0),
    ],
)
def test_a_store_counts_where_its_password_stands_too(code: str, found: int) -> None:
    text = f'const WORD: &str = "secret"; fn tls(word: &str) -> X {{ {code} }}'
    assert len(materials(text)) == found
