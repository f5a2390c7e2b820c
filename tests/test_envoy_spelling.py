"""How Envoy writes what rules want; `spelling/envoy.yaml` holds the plain cases."""

from __future__ import annotations

import json

import pytest
import yaml
from envoy_project import CERTIFICATES, DOWNSTREAM, bootstrap, cluster, listener, validated
from hypothesis import given, settings
from hypothesis import strategies as st
from mtlslint.parsers.envoy.writing import Field, added
from mtlslint.source import Source
from mtlslint.yamltree.node import Mapping, Pair, Scalar
from repairs import judge_spelling, mend, mended, spelling_cases

MAIN = "envoy.yaml"
CA = "trusted_ca: {filename: clients.pem}"


@spelling_cases("envoy")
def test_envoy_is_written(rule: str, before: str, after: str | None, refused: bool) -> None:
    judge_spelling(MAIN, rule, before, after, refused)


def test_json_is_written_as_it_is_laid_out() -> None:
    context = {"@type": DOWNSTREAM, "commonTlsContext": {"validationContext": {"trustedCa": {}}}}
    context["commonTlsContext"]["validationContext"]["trustedCa"] = {"filename": "ca.pem"}
    chain = {"transportSocket": {"name": "tls", "typedConfig": context}, "filters": []}
    address = {"socketAddress": {"address": "0.0.0.0", "portValue": 443}}
    one = {"name": "in", "address": address, "filterChains": [chain]}
    config = {"staticResources": {"listeners": [one], "clusters": []}}
    for indent in (None, 2, "\t"):
        after = mended(json.dumps(config, indent=indent), "MTLS101", "envoy.json")
        assert after is not None
        got = json.loads(after)
        inner = got["staticResources"]["listeners"][0]["filterChains"][0]["transportSocket"]
        assert inner["typedConfig"].pop("requireClientCertificate") is True
        assert got == config
        context["requireClientCertificate"] = True
        first, second, *rest = list(context)
        ordered = {name: context[name] for name in (first, rest[0], second)}
        chain["transportSocket"]["typedConfig"] = ordered
        assert after == json.dumps(config, indent=indent)
        context.pop("requireClientCertificate")
        chain["transportSocket"]["typedConfig"] = context


BODY = bootstrap([listener(validated(CA))], [])


@pytest.mark.parametrize("depth", [2, 4, 7])
def test_block_strings_are_mended_in_their_own_file(depth: int) -> None:
    held = "".join(f"{' ' * depth}{line}" for line in BODY.splitlines(keepends=True))
    outer = f"kind: ConfigMap\nmetadata: {{name: edge}}\ndata:\n {MAIN}: |\n{held}"
    after = mended(outer, "MTLS101", "map.yaml")
    alone = mended(BODY, "MTLS101", MAIN)
    assert after is not None
    assert alone is not None
    assert yaml.safe_load(after)["data"][MAIN] == alone


def test_what_others_use_too_is_left_alone() -> None:
    checks = f"validation_context: {{{CA}, trust_chain_verification: 1}}"
    shared = f"common_tls_context: &shared {{{CERTIFICATES}, {checks}}}"
    one = listener(f"require_client_certificate: true, {shared}")
    other = cluster("sni: app.example.com, common_tls_context: *shared")
    both = mend({MAIN: bootstrap([one], [other]).encode()}, "MTLS102")
    assert [refusal.reason for refusal in both.refused] == [
        "it would also change envoy.yaml: cluster app"
    ]
    alone = mend({MAIN: bootstrap([one], []).encode()}, "MTLS102")
    assert b"trust_chain_verification: VERIFY_TRUST_CHAIN" in alone.contents[MAIN]


def test_templates_are_left_alone() -> None:
    assert mended("{{- if .Values.on }}\n" + BODY + "{{- end }}\n", "MTLS101", MAIN) is None


NAMES = st.sampled_from(["a_b", "c", "d_e_f"])
CONTENTS = st.recursive(
    st.booleans() | st.sampled_from(["x", "a.b", "1", "yes", "a: b", "*"]),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=2)
        | st.dictionaries(NAMES, inner, min_size=1, max_size=2)
    ),
    max_leaves=4,
)


@given(CONTENTS, st.sampled_from(["block", "flow", "json", "pretty"]), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_again(content: object, form: str, depth: int) -> None:
    there: dict[str, object] = {"first": "v", "second": {"inner": "w"}}
    made: object = there
    for level in range(depth):
        made = {f"k{level}": made} if level % 2 else [made]
    text = {
        "block": lambda: yaml.safe_dump(made, sort_keys=False),
        "flow": lambda: yaml.safe_dump(made, sort_keys=False, default_flow_style=True, width=9999),
        "json": lambda: json.dumps(made),
        "pretty": lambda: json.dumps(made, indent=2),
    }[form]()
    key = text.index("first")
    quoted = form in ("json", "pretty")
    first = Pair(
        "first", Scalar("first", key - quoted, key + 5 + quoted, '"' * quoted), value(text)
    )
    inside = text.index("second")
    second = Pair(
        "second",
        Scalar("second", inside - quoted, inside + 6 + quoted, '"' * quoted),
        Scalar("", inside + 8, len(text)),
    )
    start = key if form == "block" else text.rindex("{", 0, key)
    mapping = Mapping((first, second), start, len(text))
    edit = added(Source("a.yaml", text.encode()), mapping, Field("new_one", content))  # type: ignore[arg-type]
    assert edit is not None
    after = text[: edit.span.start] + edit.text.decode() + text[edit.span.end :]
    there["new_one"] = content
    assert yaml.safe_load(after) == made
    if form in ("json", "pretty"):
        assert json.loads(after) == made


def value(text: str) -> Scalar:
    """Return the first value of a text."""
    start = text.index("v", text.index("first"))
    quoted = text[start - 1] == '"'
    return Scalar("v", start - quoted, start + 1 + quoted, '"' * quoted)
