"""What is bound in unusual ways: modules, ends of pairs of sockets, pyOpenSSL's contexts."""

from __future__ import annotations

import pytest
from test_python_contexts import resolve


@pytest.mark.parametrize(
    "imports",
    [
        "import importlib\ntls = importlib.import_module('ssl')",
        "from importlib import import_module as load\ntls = load('ssl')",
        "tls = __import__('ssl')",
    ],
)
def test_a_module_may_be_imported_by_a_call(imports: str) -> None:
    endpoints, _ = resolve(app=f"{imports}\nc = tls._create_unverified_context()\n")
    assert [one.states[0]["peer_chain"].value for one in endpoints] == ["unverified"]


@pytest.mark.parametrize("imports", ["tls = load('ssl')", "import importlib\ntls = importlib"])
def test_other_calls_import_nothing(imports: str) -> None:
    endpoints, _ = resolve(app=f"{imports}\nc = tls._create_unverified_context()\n")
    assert endpoints == ()
