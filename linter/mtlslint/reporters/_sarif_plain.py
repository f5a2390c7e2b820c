"""sarif-om objects as plain data: the package has the classes of SARIF, but nothing to write them.

Every attribute knows its property's name in its metadata (`schema_property_name`).
"""

from __future__ import annotations

from typing import Any

import attr

ALWAYS = frozenset({"level"})
"""Properties that are written even at SARIF's default: it yields to the rule's level otherwise."""


def plain(value: Any) -> Any:
    """Return an object, list or scalar as `json.dumps` takes it, without what isn't set.

    Not set is what is None, an empty text, an empty object, or SARIF's own default.
    """
    if attr.has(type(value)):
        return _properties(value)
    if isinstance(value, dict):
        members = {key: plain(member) for key, member in value.items()}
        return {key: member for key, member in members.items() if not _absent(member)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def _properties(value: Any) -> dict[str, Any]:
    found = {}
    for field in attr.fields(type(value)):
        name = field.metadata["schema_property_name"]
        given = getattr(value, field.name)
        if given == _default(field) and name not in ALWAYS:
            continue
        member = plain(given)
        if not _absent(member):
            found[name] = member
    return found


def _default(field: Any) -> Any:
    default = field.default
    return default.factory() if isinstance(default, attr.Factory) else default  # type: ignore[arg-type]


def _absent(value: Any) -> bool:
    return value is None or value == "" or value == {}
