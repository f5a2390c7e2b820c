"""Names of certificates and keys in Rust: where they are read, as what, and where they aren't."""

from __future__ import annotations

import pytest
from mtlslint.model import Role
from rust_project import MAIN, resolve

NAME = '"tls/a.pem"'


def named(code: str) -> list[tuple[str, str]]:
    """Return the files that a crate names, and what they are used as."""
    return [(one.name, one.role.name) for one in resolve({"Cargo.toml": "", MAIN: code}).named]


THROUGH = (  # noqa: SIM905
    "to_string to_owned into to_path_buf as_ref as_str as_path unwrap clone try_from "
    "parse canonicalize to_string_lossy to_str collect iter"
).split()


@pytest.mark.parametrize("step", THROUGH)
def test_steps_that_are_still_the_name(step: str) -> None:
    assert named(f"fn f() {{ b.set_ca_file({NAME}.{step}()); }}") == [("tls/a.pem", "CA")]


@pytest.mark.parametrize("call", ["Path::new", "PathBuf::from", "Some", "Ok", "P::from_str"])
def test_calls_that_are_still_the_name(call: str) -> None:
    assert named(f"fn f() {{ b.set_ca_file({call}({NAME})); }}") == [("tls/a.pem", "CA")]


@pytest.mark.parametrize(
    ("call", "role"),
    [
        (f"b.set_ca_file({NAME})", Role.CA),
        (f"b.set_certificate_chain_file({NAME})", Role.CERTIFICATE),
        (f"b.set_certificate_file({NAME}, T)", Role.CERTIFICATE),
        (f"b.set_private_key_file({NAME}, T)", Role.KEY),
        (f"b.set_private_key_file(T, {NAME})", Role.ANY),
        (f"b.set_private_key_file(/* here */ {NAME}, T)", Role.KEY),
        (f"b.set_private_key_file({NAME}, T)?", Role.KEY),
        (f"warp::serve(r).tls().cert_path({NAME})", Role.CHAIN),
        (f"warp::serve(r).tls().key_path({NAME})", Role.KEY),
        (f"warp::serve(r).tls().client_auth_required_path({NAME})", Role.ANCHOR),
        (f"warp::serve(r).tls().client_auth_optional_path({NAME})", Role.ANCHOR),
        (f"b.set_ca_file(P::from_str({NAME})?)", Role.CA),
        (f"b.set_ca_file(P::try_from({NAME}).await)", Role.CA),
        (f"b.set_ca_file(P::try_from(&{NAME}).await?)", Role.CA),
        (f"b.set_ca_file(&P::new({NAME}))", Role.CA),
        (f"b.set_ca_file(P::new({NAME}).inner)", Role.CA),
        (f"b.set_ca_file([{NAME}])", None),
        (f"b.set_ca_file(C {{ ca: {NAME} }})", Role.ANY),
        (f"b.set_ca_file(found({NAME}))", Role.ANY),
        (f"load({NAME})", Role.ANY),
        (f"load::<Key>({NAME})", Role.ANY),
        (f"load(&[1])[{NAME}]", Role.ANY),
        (f"let path = {NAME}", Role.ANY),
        (f"let all = (1, {NAME})", Role.ANY),
        (f"Tls {{ ca: {NAME} }}", Role.ANY),
        (f"return {NAME}", Role.ANY),
        (f"{NAME}.open()?", Role.ANY),
        (f"if x {{ {NAME} }} else {{ y }}", Role.ANY),
        (f"load({NAME}).await.expect(&text)", Role.ANY),
        (f"load(Path::new({NAME})).unwrap()", Role.ANY),
        (f"load(&mut {NAME}.to_string())", Role.ANY),
    ],
)
def test_what_a_file_is_used_as(call: str, role: Role | None) -> None:
    assert named(f"fn f() {{ {call}; }}") == ([("tls/a.pem", role.name)] if role else [])


WITHOUT = (  # noqa: SIM905
    "create create_new write remove_file rename copy exists metadata set_permissions "
    "starts_with ends_with contains strip_suffix strip_prefix trim_end_matches split "
    "find replace eq push context var var_os set_file_name with_file_name "
    "set_extension arg args expect"
).split()


@pytest.mark.parametrize("call", WITHOUT)
def test_calls_that_read_nothing(call: str) -> None:
    assert named(f"fn f() {{ x.{call}({NAME}); }}") == []
    assert named(f"fn f() {{ x.{call}(Path::new({NAME})); }}") == []
    if call != "expect":
        assert named(f"fn f() {{ Path::new({NAME}).{call}(x); }}") == []


@pytest.mark.parametrize(
    "code",
    [
        f"Command::new(x).args([y, {NAME}])",
        f"let all = [x, {NAME}]",
        f"if x == {NAME} {{ y() }}",
        f"match x {{ {NAME} => 1, _ => 2 }}",
        f"match x {{ Some({NAME}) => 1, _ => 2 }}",
        f"match x {{ Some({NAME} | y) => 1, _ => 2 }}",
        f"println!({NAME})",
        "let path = folder()",
        'load("a.txt")',
        'load("a.pem.example")',
        'load("pem")',
        'load(format!("{x}/a.pem"))',
        'load(format!("{}/a.pem", x))',
        'load(x.join("a.pem"))',
        'load(x + "a.pem")',
    ],
)
def test_where_no_file_is_named(code: str) -> None:
    assert named(f"fn f() {{ {code}; }}") == []


@pytest.mark.parametrize(
    "ending", ["pem", "crt", "cer", "cert", "key", "rsa", "der", "crl", "p12", "pfx", "p8", "pk8"]
)
def test_endings(ending: str) -> None:
    assert named(f'fn f() {{ load("a.{ending}"); }}') == [(f"a.{ending}", "ANY")]


CRATE = 'env!("CARGO_MANIFEST_DIR")'


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ('load(Path::new("tls").join("a.pem"))', "tls/a.pem"),
        ('load(Path::new("tls/").join("in").join("a.pem"))', "tls/in/a.pem"),
        ('load(Path::new("tls").join("/etc/a.pem"))', "/etc/a.pem"),
        ('let d = Path::new("tls"); load(d.join("a.pem"))', "tls/a.pem"),
        ('let d = Path::new("x"); let d = Path::new("tls"); load(d.join("a.pem"))', "tls/a.pem"),
        ('let d = Path::new("tls"); { load(d.join("a.pem")) }', "tls/a.pem"),
        ('load(Path::new(HELD).join("a.pem"))', "held/a.pem"),
        ('load(Path::new(STATIC).join("a.pem"))', "static/a.pem"),
        ('load(env::current_dir()?.join("tls/a.pem"))', "tls/a.pem"),
        (f'load(concat!({CRATE}, "/tls/a.pem"))', "tls/a.pem"),
        (f'load(concat!({CRATE}, "/tls", "/a.pem"))', "tls/a.pem"),
        (f'load(Path::new({CRATE}).join("a.pem"))', "a.pem"),
        (f'load(format!("{{}}/tls/a.pem", {CRATE}))', "tls/a.pem"),
        (f'load(std::format!("{{}}/a.pem", {CRATE}))', "a.pem"),
        ('load(Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("a.pem"))', "a.pem"),
        (f'include_str!(concat!({CRATE}, "/tls/a.pem"))', "tls/a.pem"),
        ('include_bytes!("../tls/a.pem")', "../tls/a.pem"),
        ('vec![include_bytes!("a.pem")]', "a.pem"),
        ('include_str!("server_identity")', "server_identity"),
        ('include_str!("my_private_data")', "my_private_data"),
        ('include_str!("TLS_material")', "TLS_material"),
        ('include_str!("ssl")', "ssl"),
        ('include_str!("certs/all")', "certs/all"),
    ],
)
def test_whole_names(code: str, name: str) -> None:
    more = 'const HELD: &str = "held"; static STATIC: &str = "static";'
    files = {"Cargo.toml": "", MAIN: f"{more}\nfn f() {{ {code}; }}", "tls/a.pem": "", "a.pem": ""}
    found = [one.name for one in resolve(files).named]
    assert found == [name]


@pytest.mark.parametrize(
    "code",
    [
        'include_str!("banner.txt")',
        f'include_str!(concat!({CRATE}, "/banner.txt"))',
        'include_str!(concat!("a", ".pem"))',
        f'load(format!("{{}}/{{}}.pem", {CRATE}))',
        'load(concat!(env!("OUT_DIR"), "/a.pem"))',
        'let d = folder(); load(d.join("a.pem"))',
        'load(d.join("a.pem")); let d = Path::new("tls")',
        'load(env::var("HOME")?.join("a.pem"))',
        'load(Path::new("tls").join(x).join("a.pem"))',
        'load(Path::new("tls").join(x, "a.pem"))',
    ],
)
def test_names_that_are_not_known(code: str) -> None:
    assert named(f"fn f() {{ {code}; }}") == []


def test_where_a_name_stands() -> None:
    files = {"Cargo.toml": "", MAIN: f"fn f() {{\n    load(Path::new({NAME}),\n 1);\n}}"}
    (one,) = resolve(files).named
    assert files[MAIN][one.span.start : one.span.end] == NAME
    assert not one.test_code
    assert not one.compiled
    files[MAIN] = '#[cfg(test)] mod tests { const A: &str = include_str!(\n"a.pem"); }'
    (one,) = resolve(files).named
    assert files[MAIN][one.span.start : one.span.end] == "include_str!("
    assert one.test_code
    assert one.compiled


@pytest.mark.parametrize(
    ("code", "unlocked"),
    [
        ('Identity::from_pkcs12(&read("a.p12"), "secret")', True),
        ('Identity::from_pkcs12_der(&read("a.pfx"), "secret")', True),
        ('Pkcs12::from_der(&read("a.p12"))?.parse2("secret")', True),
        ('TlsAcceptor::new(read("a.p12"), "secret")', True),
        ('options().pkcs12(read("a.p12")).password("secret")', True),
        ('PKey::private_key_from_pem_passphrase(&read("a.key"), b"secret")', True),
        ('PKey::private_key_from_pkcs8_passphrase(&read("a.key"), "secret")', True),
        ('PKey::private_key_from_pem_passphrase(&read("a.key"), PASS)', True),
        ('PKey::private_key_from_pem_passphrase(&read("a.key"), &pass())', False),
        ('PKey::private_key_from_pem_passphrase(&read("a.p12"), "secret")', False),
        ('Identity::from_pkcs12(&read("a.key"), "secret")', False),
        ('Identity::from_pkcs12(&read("a.p12"), password)', False),
        ('options().password("secret").pkcs12(read("a.p12"))', False),
        ('Other::new(read("a.p12"), "secret")', False),
    ],
)
def test_whose_password_stands_beside_it(code: str, unlocked: bool) -> None:
    files = (
        "use async_native_tls::TlsAcceptor;\nuse native_tls::Identity;\n"
        f'const PASS: &str = "secret";\nfn main() {{ {code}; }}'
    )
    (one,) = resolve({"Cargo.toml": "", MAIN: files}).named
    assert one.unlocked is unlocked
