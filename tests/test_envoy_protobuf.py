"""Samples that are whole Envoy configurations are taken, or refused, by Envoy's own messages.

The mapping is Envoy's: YAML is read as JSON would be, and JSON by protobuf's rules for it
(https://protobuf.dev/programming-guides/json/), unknown fields being errors. What PyYAML reads
otherwise than Envoy, what only older Envoys take and what none takes stands in `REFUSED`.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from marks import RULES
from test_corpus import CORPUS

json_format = pytest.importorskip("google.protobuf.json_format", reason="xds-protos is missing")
bootstrap_pb2 = pytest.importorskip("envoy.config.bootstrap.v3.bootstrap_pb2")
discovery_pb2 = pytest.importorskip("envoy.service.discovery.v3.discovery_pb2")

ENVOY = CORPUS / "envoy"
IGNORED = "!ignore"
TOP = {"static_resources", "staticResources", "dynamic_resources", "dynamicResources", "admin"}
# What the refusal says, by file. The samples are about just that.
REFUSED = {
    "ca_as_a_bare_path.yaml": r"Failed to parse trusted_ca field",
    # A filter of the contrib build, whose messages aren't among these.
    "client_ssl_auth_refuses.yaml": r"client_ssl_auth\.v3\.ClientSSLAuth",
    "client_ssl_auth_of_v2.yaml": r"no field named \"tls_context\"",
    "fields_that_are_none.yaml": r"no field named \"require_client_cert\"",
    "map_where_a_list_belongs.yaml": r"repeated field listeners must be in \[\]",
    "map_where_a_list_belongs_optional.yaml": r"repeated field listeners must be in \[\]",
    "misplaced_switches.yaml": r"CommonTlsContext\" has no field named \"require_client_cert",
    "misspelt_list_of_names.yaml": r"no field named \"match_typed_subject_alt_name\"",
    "misspelt_switch.yaml": r"no field named \"require_client_cert\"",
    "misspelt_upstream_checks.yaml": r"no field named \"verify_subject_alt_name\"",
    "sockets_out_of_place.yaml": r"no field named \"transport_socket\"",
    "type_that_is_none.yaml": r"DownstreamTLSContext",
    "placeholders.yaml": r"\$\{PORT\}",
    "strict_depth_and_lost_identity.yaml": r"no field named \"verify_subject_alt_name\"",
    "strict_unknown_for_three_reasons.yaml": r"Expected true or false without quotes",
    "v2_done_well.yaml": r"no field named \"tls_context\"",
    "v2_fields_in_a_v3_file.yaml": r"no field named \"tls_context\"",
    "v2_optional.yaml": r"no field named \"tls_context\"",
    "v2_secrets_without_names.yaml": r"repeated field tls_certificate_sds_secret_configs",
    "v2_typed_and_untyped_sockets.yaml": r"no field named \"config\"",
    "v2_upstreams_json/envoy.json": r"no field named \"config\"",
    "weak_ciphers_of_v2.yaml": r"no field named \"tls_context\"",
    "values_by_number_and_case.yaml": r"Invalid enum value tlsv1_1",
    # PyYAML has no letter for yes.
    "yaml_cpp_words.yaml": r"Expected true or false without quotes",
}
# Templates: no YAML before they are filled in.
TEMPLATES = {
    "percent_placeholders.yaml",
    "chart_with_an_old_tag/templates/configmap.yaml",
    "helm_branch_untrusted.yaml",
    "helm_literal_optional.yaml",
    "helm_literal_required.yaml",
    "helm_template.yaml",
}

# The rules whose examples no Envoy of today would take, bad (True) and good.
REFUSED_EXAMPLES = {
    ("MTLS201", True): r"no field named \"tls_context\"",
    ("MTLS201", False): r"no field named \"tls_context\"",
    ("MTLS902", True): r"no field named \"verify_subject_alt_name\"",
}


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML with Envoy's own tag, `!ignore`, for keys that are there for their anchors only."""


Loader.add_constructor("!ignore", lambda loader, node: IGNORED)


def load(text: str, suffix: str) -> list:
    """Return a file's documents. Tabs after a value are Envoy's to take, and not PyYAML's."""
    if suffix == ".json":
        return [json.loads(text)]
    documents = list(yaml.load_all(text.replace("\t", " "), Loader))
    for document in documents:
        if isinstance(document, dict):
            document.pop(IGNORED, None)
    return documents


def wholes(node: object) -> Iterator[tuple[type, dict]]:
    """Yield the whole configurations of a document, each with the message that takes it."""
    if not isinstance(node, dict):
        return
    if TOP & set(node):
        yield bootstrap_pb2.Bootstrap, node
    elif node.get("resources") and all("@type" in one for one in node["resources"]):
        yield discovery_pb2.DiscoveryResponse, node
    elif node.get("kind") == "ConfigMap":
        for name, value in node["data"].items():
            if Path(name).suffix in {".yaml", ".json"}:
                for document in load(value, Path(name).suffix):
                    yield from wholes(document)


def register(node: object) -> None:
    """Import the modules of the types that are named, so that `Any` can hold them."""
    if isinstance(node, list):
        for value in node:
            register(value)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in {"@type", "type_url"}:
                package = value.rpartition("/")[2].rpartition(".")[0]
                import_messages(package)
            register(value)


def import_messages(package: str) -> None:
    try:
        found = importlib.import_module(package)
    except ImportError:
        return  # a type that doesn't exist, and the message will say so
    for module in pkgutil.iter_modules(found.__path__):
        if module.name.endswith("_pb2"):
            importlib.import_module(f"{package}.{module.name}")


def samples() -> Iterator[Path]:
    for path in sorted(ENVOY.rglob("*")):
        template = path.relative_to(ENVOY).as_posix() in TEMPLATES
        if path.suffix in {".yaml", ".json"} and not template:
            yield path


def complete(path: Path) -> list[tuple[type, dict]]:
    documents = load(path.read_text("utf-8"), path.suffix)
    return [whole for document in documents for whole in wholes(document)]


COMPLETE = [path.relative_to(ENVOY).as_posix() for path in samples() if complete(path)]


EXAMPLES = {
    (id_, example.bad): example.code
    for id_, rule in RULES.rules.items()
    for example in rule.examples
    if example.technology == "envoy"
}


def try_all(text: str, suffix: str, refusal: str | None) -> None:
    """Have a file's configurations parsed, or refused with that message."""
    found = [whole for document in load(text, suffix) for whole in wholes(document)]
    assert found
    for message, whole in found:
        register(whole)
        if refusal is None:
            json_format.Parse(json.dumps(whole), message())
            continue
        with pytest.raises(json_format.ParseError, match=refusal):
            json_format.Parse(json.dumps(whole), message())


@pytest.mark.parametrize("name", COMPLETE)
def test_envoys_messages_agree(name: str) -> None:
    path = ENVOY / name
    try_all(path.read_text("utf-8"), path.suffix, REFUSED.get(name))


@pytest.mark.parametrize(
    "example", sorted(EXAMPLES), ids=lambda example: "-".join(map(str, example))
)
def test_they_agree_with_what_the_rules_show(example: tuple[str, bool]) -> None:
    try_all(EXAMPLES[example], ".yaml", REFUSED_EXAMPLES.get(example))


def test_what_is_refused_is_tried() -> None:
    assert set(REFUSED) <= set(COMPLETE)
    assert set(REFUSED_EXAMPLES) <= set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_templates_are_no_yaml(name: str) -> None:
    with pytest.raises(yaml.YAMLError):
        load((ENVOY / name).read_text("utf-8"), ".yaml")
