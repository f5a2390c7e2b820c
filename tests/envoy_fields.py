"""Makes `fields.txt`, what the parser knows of Envoy's messages, from the API's own classes.

python tests/envoy_fields.py > linter/mtlslint/parsers/envoy/fields.txt
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from typing import Any

V3 = "envoy.extensions.transport_sockets"
ROOTS = {
    "v3": (
        f"{V3}.tls.v3.tls_pb2:DownstreamTlsContext",
        f"{V3}.tls.v3.tls_pb2:UpstreamTlsContext",
        f"{V3}.tls.v3.secret_pb2:Secret",
        f"{V3}.quic.v3.quic_transport_pb2:QuicDownstreamTransport",
        f"{V3}.quic.v3.quic_transport_pb2:QuicUpstreamTransport",
        f"{V3}.starttls.v3.starttls_pb2:StartTlsConfig",
        f"{V3}.starttls.v3.starttls_pb2:UpstreamStartTlsConfig",
        f"{V3}.tls.v3.tls_spiffe_validator_config_pb2:SPIFFECertValidatorConfig",
        "envoy.config.core.v3.base_pb2:TransportSocket",
        "envoy.config.listener.v3.listener_pb2:Listener",
        "envoy.config.listener.v3.listener_components_pb2:FilterChain",
        "envoy.config.cluster.v3.cluster_pb2:Cluster",
        "envoy.extensions.filters.network.http_connection_manager.v3."
        "http_connection_manager_pb2:HttpConnectionManager",
    ),
    "v2": (
        "envoy.api.v2.auth.tls_pb2:DownstreamTlsContext",
        "envoy.api.v2.auth.tls_pb2:UpstreamTlsContext",
        "envoy.api.v2.auth.secret_pb2:Secret",
        "envoy.api.v2.core.base_pb2:TransportSocket",
        "envoy.api.v2.listener_pb2:Listener",
        "envoy.api.v2.listener.listener_components_pb2:FilterChain",
        "envoy.api.v2.cluster_pb2:Cluster",
        "envoy.config.filter.network.http_connection_manager.v2."
        "http_connection_manager_pb2:HttpConnectionManager",
    ),
}
FOLLOWED = (
    *(V3, "envoy.api.v2.auth"),
    *("envoy.config.core.v3.DataSource", "envoy.api.v2.core.DataSource"),
    *("envoy.type.matcher.v3.StringMatcher", "envoy.type.matcher.StringMatcher"),
)
"""What is described when a field has it; of anything else only the field's name is known."""
SIMPLE = {"google.protobuf.BoolValue": "bool", "google.protobuf.UInt32Value": "number"}
KINDS = {8: "bool", 9: "text"}


def described() -> str:
    """Return the text of `fields.txt`."""
    lines = [
        f"# The fields of Envoy's messages, from xds-protos {version('xds-protos')}.",
        "# Made by tests/envoy_fields.py. A field, what it holds (`-`: not described here), and",
        "# which of several fields it is of which only one may be set.",
    ]
    for api, roots in ROOTS.items():
        for block in _blocks(api, [_descriptor(each) for each in roots]):
            lines += ["", *block]
    return "\n".join(lines) + "\n"


def _descriptor(root: str) -> Any:
    module, _, name = root.partition(":")
    return getattr(import_module(module), name).DESCRIPTOR


def _blocks(api: str, waiting: list[Any]) -> Iterator[list[str]]:
    taken: set[str] = set()
    while waiting:
        one = waiting.pop(0)
        if one.full_name in taken:
            continue
        taken.add(one.full_name)
        if hasattr(one, "values"):
            yield [f"{api} {one.name} =", *(f"  {value.name}" for value in one.values)]
            continue
        yield [f"{api} {one.name}", *(_row(field) for field in one.fields)]
        inner = (field.message_type or field.enum_type for field in one.fields)
        waiting += [each for each in inner if each is not None and _followed(each)]


def _followed(one: Any) -> bool:
    """Whether a message or enumeration is described; a map's entry has keys of any name."""
    return one.full_name.startswith(FOLLOWED) and not one.name.endswith("Entry")


def _row(field: Any) -> str:
    inner = field.message_type or field.enum_type
    if inner is None:
        kind = KINDS.get(field.type, "-")
    elif _followed(inner):
        kind = inner.name
    else:
        kind = SIMPLE.get(inner.full_name, "-")
    group = field.containing_oneof
    return f"  {field.name} {kind}" + (f" {group.name}" if group and len(group.fields) > 1 else "")


if __name__ == "__main__":
    print(described(), end="")
