"""How values travel through Python: which mode a context ends up with."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pytest
from test_python_contexts import resolved

WORDS = {"NEEDED": "ssl.CERT_REQUIRED", "NONE": "ssl.CERT_NONE", "INIT": "def __init__(self"}


def ends(
    before: str, mode: str, others: Mapping[str, str] | None = None, path: str = "app.py"
) -> set[object]:
    """Return what a server asks of clients that is given this mode; a bar ends a line."""
    code = f"{before.replace('|', chr(10))}\n" + textwrap.dedent(
        f"""
        def listen(x):
            c = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            c.verify_mode = {mode}
            return c
        """
    )
    files = {path: f"import ssl\n{code}", **(others or {})}
    for word, text in WORDS.items():
        files = {path: code.replace(word, text) for path, code in files.items()}
    endpoints, _ = resolved(files)
    found = [one for one in endpoints if "in listen" in one.name]
    return {state["client_auth"].value for one in found for state in one.states}


BASE = "class B:|    mode = NEEDED|    INIT, held):|        self.held = held|"


@pytest.mark.parametrize(
    ("before", "mode"),
    [
        ("", "{'a': NEEDED}['a']"),
        ("", "{'a': NEEDED}.get('a')"),
        ("", "{'a': NEEDED}.pop('a')"),
        ("", "{'a': NONE}.get('b', NEEDED)"),
        ("", "{'a': NONE}.setdefault('b', NEEDED)"),
        ("D = {}|D['a'] = NEEDED", "D['a']"),
        ("D = {}|D.update(a=NEEDED)", "D['a']"),
        ("D = {}|D.update({'a': NEEDED})", "D['a']"),
        ("D = {'a': NEEDED}|D.update(others())", "D['a']"),
        ("D = {'a': NEEDED}|E = D.copy()|E['a'] = NONE", "D['a']"),
        ("D = {'a': NONE}|E = {**D, 'a': NEEDED}", "E['a']"),
        ("D = {'a': NEEDED}|E = {'a': NONE, **D}", "E['a']"),
        ("D = {1: NEEDED}", "D[1]"),
        ("L = [NONE, NEEDED]", "L[1]"),
        ("L = [NONE, NEEDED]", "L[-1]"),
        ("a, b = NONE, NEEDED", "b"),
        ("(a, b), d = (NONE, NEEDED), 1", "b"),
        ("a = b = NEEDED", "a"),
        ("MODE = NONE|def change():|    global MODE|    MODE = NEEDED|change()", "MODE"),
        ("for MODE in [NONE, NEEDED]:|    pass", "MODE"),
        ("with x() as M:|    M = NEEDED", "M"),
    ],
)
def test_variables_lists_and_dictionaries(before: str, mode: str) -> None:
    assert ends(before, mode) == {"required"}


@pytest.mark.parametrize(
    ("before", "mode"),
    [
        ("class A:|    mode = NEEDED", "A.mode"),
        ("class A:|    mode = NEEDED", "A().mode"),
        ("class A:|    pass|a = A()|a.mode = NEEDED", "a.mode"),
        (f"{BASE}class A(B):|    pass", "A.mode"),
        (f"{BASE}class A(B):|    mode = NONE", "B.mode"),
        (f"{BASE}class A(B):|    pass", "A(NEEDED).held"),
        (f"{BASE}class A(B):|    INIT):|        super().__init__(NEEDED)", "A().held"),
        (f"{BASE}class A(B):|    INIT):|        B.__init__(self, NEEDED)", "A().held"),
        (
            "class B:|    def made(self):|        return NONE|"
            "class A(B):|    def made(self):|        return NEEDED",
            "A().made()",
        ),
        (
            "class B:|    def made(self):|        return NEEDED|"
            "class A(B):|    def made(self):|        return super().made()",
            "A().made()",
        ),
        (
            "class B:|    def made(self):|        return self.inner()|"
            "class A(B):|    def inner(self):|        return NEEDED",
            "A().made()",
        ),
        ("class A:|    @property|    def mode(self):|        return NEEDED", "A().mode"),
        ("class A:|    @staticmethod|    def mode():|        return NEEDED", "A.mode()"),
        ("class A:|    @staticmethod|    def mode(n):|        return n", "A().mode(NEEDED)"),
        ("class A:|    INIT):|        self.pick = lambda: NEEDED", "A().pick()"),
        ("@dataclass|class A:|    name: str|    mode: int", "A('x', NEEDED).mode"),
        ("@dataclass|class A:|    name: str|    mode: int = NEEDED", "A('x').mode"),
        ("@dataclass|class A:|    name: str|    mode: int = NONE", "A('x', mode=NEEDED).mode"),
    ],
)
def test_classes(before: str, mode: str) -> None:
    assert ends(before, mode) == {"required"}


@pytest.mark.parametrize(
    ("before", "mode"),
    [
        ("def mode(a, b=NEEDED):|    return b", "mode(1)"),
        ("def mode(a, b=NONE):|    return b", "mode(1, NEEDED)"),
        ("def mode(a, b=NONE):|    return b", "mode(b=NEEDED, a=1)"),
        ("def mode(*all):|    return all[1]", "mode(1, NEEDED)"),
        ("def mode(**all):|    return all['m']", "mode(m=NEEDED)"),
        ("def mode(**all):|    return all.get('m', NEEDED)", "mode(n=1)"),
        ("def mode(a, m):|    return m", "mode(*[1, NEEDED])"),
        ("def mode(a, m):|    return m", "mode(**{'a': 1, 'm': NEEDED})"),
    ],
)
def test_arguments(before: str, mode: str) -> None:
    assert ends(before, mode) == {"required"}


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("[1]", {"required"}),
        ("'a'", {"required"}),
        ("1", {"required"}),
        ("A()", {"required"}),
        ("f", {"required"}),
        ("lambda: 1", {"required"}),
        ("None is None", {"required"}),
        ("not None", {"required"}),
        ("None or 1", {"required"}),
        ("[]", {"none"}),
        ("()", {"none"}),
        ("''", {"none"}),
        ("0", {"none"}),
        ("None", {"none"}),
        ("None and x", {"none"}),
        ("x", {"required", "none"}),
        ("{}", {"required", "none"}),
        ("x is None", {"required", "none"}),
        ("isinstance(x, str)", {"required", "none"}),
        ("isinstance(None, str)", {"none"}),
        ("f'{x}'", {"required", "none"}),
        ("f'a{x}' == 'b'", {"required", "none"}),
    ],
)
def test_what_counts_as_true(condition: str, found: set[str]) -> None:
    before = "class A:|    pass|def f():|    pass"
    assert ends(before, f"NEEDED if {condition} else NONE") == found


@pytest.mark.parametrize(
    ("before", "mode"),
    [
        ("", "{'a': NEEDED}['b']"),
        ("", "{'a': NEEDED}.get(x, NONE)"),
        ("D = {'a': NEEDED}|D.update(others())", "D['b']"),
        ("L = [NEEDED]", "L[1]"),
        ("L = [NEEDED, NONE]", "L[x]"),
        ("def mode(a, m=NEEDED):|    return m", "mode(1, **x)"),
        ("a, b = NEEDED, NEEDED, NEEDED", "b"),
        ("class A:|    pass", "A().mode"),
        ("", "elsewhere.mode"),
    ],
)
def test_what_is_not_known(before: str, mode: str) -> None:
    assert ends(before, mode) == {None}


@pytest.mark.parametrize(
    ("imports", "mode", "found"),
    [
        ("import near.one", "near.one.MODE", "required"),
        ("from near import one", "one.MODE", "required"),
        ("from near.one import MODE as M", "M", "required"),
        ("from near.one import made", "made()", "required"),
        ("from near.one import Made", "Made.mode", "required"),
        ("from near.one import Made", "Made().kind()", "required"),
        ("from far.one import MODE", "MODE", "none"),
        ("from far.one import made", "made()", "none"),
        ("from far.one import Made", "Made().kind()", "none"),
        ("import far.one as it", "it.Made.mode", "none"),
        ("from far import handed", "handed()", "none"),
        ("from far.other import Heir", "Heir().kind()", "none"),
        ("from far.other import Heir", "Heir.mode", "none"),
        ("from nowhere.one import MODE", "MODE", None),
        ("from nowhere.one import made", "made()", None),
    ],
)
def test_names_of_other_modules(imports: str, mode: str, found: str | None) -> None:
    code = (
        "import ssl\nMODE = {0}\ndef made():\n    return {0}\n"
        "class Made:\n    mode = {0}\n    def kind(self):\n        return {0}\n"
    )
    others = {
        "near/__init__.py": "",
        "near/one.py": code.format("NEEDED"),
        "far/__init__.py": "from .one import made as handed\n",
        "far/one.py": code.format("NONE"),
        "far/other.py": "from .one import Made\nclass Heir(Made):\n    pass\n",
    }
    assert ends(imports, mode, others) == {found}


@pytest.mark.parametrize(
    ("path", "imports", "found"),
    [
        ("one/app.py", "from tls import MODE", "required"),
        ("two/app.py", "from tls import MODE", "none"),
        ("two/deep/app.py", "from tls import MODE", "none"),
        ("two/deep/app.py", "from ..tls import MODE", "none"),
        ("two/deep/app.py", "from two.tls import MODE", "none"),
        ("one/deep/app.py", "from one.tls import MODE", "required"),
        ("one/deep/app.py", "from two.tls import MODE", "none"),
        ("app.py", "from one.tls import MODE", "required"),
        ("app.py", "from tls import MODE", None),
        ("app.py", "from held import MODE", "required"),
        ("other/app.py", "from held import MODE", "required"),
        ("other/app.py", "from kept import MODE", None),
    ],
)
def test_of_modules_of_one_name_the_nearest_is_meant(
    path: str, imports: str, found: str | None
) -> None:
    strict, lax = "import ssl\nMODE = NEEDED\n", "import ssl\nMODE = NONE\n"
    others = {"one/tls.py": strict, "two/tls.py": lax, "src/held.py": strict, "far/kept.py": lax}
    assert ends(imports, "MODE", others, path) == {found}
