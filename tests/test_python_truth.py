"""What a condition on something imported is taken for."""

from __future__ import annotations

import pytest
from test_python_contexts import resolve

_BODY = """
import ssl
{imports}

def listen(chosen=None):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    if {condition}:
        context.verify_mode = ssl.CERT_REQUIRED
    else:
        context.verify_mode = ssl.CERT_NONE
    return context
"""


def _modes(imports: str, condition: str, **others: str) -> set[object]:
    endpoints, _ = resolve(app=_BODY.format(imports=imports, condition=condition), **others)
    return {state["client_auth"].value for one in endpoints for state in one.states}


@pytest.mark.parametrize(
    ("imports", "condition"),
    [
        ("import options", "options.DEMAND"),
        ("import options", "not options.DEMAND"),
        ("from . import options", "options.DEMAND"),
        ("from somewhere.cfg import OPTIONS", "OPTIONS.tls.demand"),
        ("from somewhere.cfg import OPTIONS", "OPTIONS.tls and not OPTIONS.lax"),
        ("from somewhere.cfg import DEMAND", "DEMAND"),
    ],
)
def test_what_an_imported_name_holds_is_unknown(imports: str, condition: str) -> None:
    assert _modes(imports, condition) == {"required", "none"}


def test_what_the_project_says_of_it_counts() -> None:
    assert _modes("import options", "options.DEMAND", options="DEMAND = False\n") == {"none"}


def test_an_import_that_may_fail_counts_as_there() -> None:
    imports = "try:\n    from fast import policy\nexcept ImportError:\n    policy = None"
    assert _modes(imports, "policy") == {"required"}


def test_a_class_of_the_project_counts_as_true() -> None:
    assert _modes("class Policy:\n    pass", "Policy") == {"required"}


@pytest.mark.parametrize(
    "annotation", ["", ": ssl.SSLContext", ": ssl.SSLContext | None", ": Optional[ssl.SSLContext]"]
)
@pytest.mark.parametrize("condition", ["given", "given is not None", "not (not given)"])
def test_an_annotation_leaves_open_whether_a_context_is_given(
    annotation: str, condition: str
) -> None:
    text = f"""
    import ssl
    from typing import Optional

    def dial_with(given{annotation} = None):
        if {condition}:
            return given
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    """
    endpoints, _ = resolve(app=text)
    assert [(one.side, state["peer_chain"].value) for one in endpoints for state in one.states] == [
        ("client", "unverified")
    ]
