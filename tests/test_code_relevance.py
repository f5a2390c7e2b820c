"""Which functions are followed: callers of those that use a library, and not their namesakes'."""

from __future__ import annotations

from effort import calls
from mtlslint.code.items import Module
from mtlslint.code.package import Package
from mtlslint.code.relevance import TELLING, Relevance
from mtlslint.parsers.python import language, read
from mtlslint.source import Source

CLIENT = """
import ssl
class Link:
    def connect(self, host):
        return ssl.create_default_context().wrap_socket(host)
def main():
    return ssl.create_default_context(cafile="ca.pem")
"""


def package(**files: str) -> Package:
    """Return a program of these modules."""
    modules: list[Module] = [
        read(Source(f"{name}.py", text.encode())).tree[0] for name, text in files.items()
    ]
    return Package(modules)


def relevant(**files: str) -> set[str]:
    """Return the names of the functions that are followed, with their module."""
    program = package(**files)
    found = Relevance(program, {"": language().api}).relevant
    return {
        f"{module.name[-1]}.{one.name}" for module, one in program.everything if id(one) in found
    }


def test_callers_are_followed_and_those_who_only_name_something_alike_are_not() -> None:
    found = relevant(
        client=CLIENT,
        caller="from client import main as begin\ndef go(): begin(tls)",
        other="def main(): return tls\ndef run(): main(tls)\ndef show(main): print(main, tls)",
        signals="from django.db import signals\ndef hook(): signals.saved.connect(tls)",
        user="def use(link): link.connect(tls)",
    )
    assert found == {"client.connect", "client.main", "user.use", "caller.go"}


def test_a_function_that_is_named_may_have_any_number_of_callers() -> None:
    callers = "\n".join(f"def go{at}(): main(tls)" for at in range(TELLING + 1))
    found = relevant(client=CLIENT, callers=f"from client import main\n{callers}")
    assert {f"callers.go{at}" for at in range(TELLING + 1)} <= found


def test_many_functions_of_one_name_are_told_apart_with_little_effort() -> None:
    def effort(count: int) -> int:
        files = {
            f"m{at}": f"import ssl, m{at + 1}\ndef run(): m{at + 1}.run(ssl.wrap_socket(tls))\n"
            f"class Box:\n    def run(self, box): box.run(ssl.wrap_socket(tls))"
            for at in range(count)
        }
        program = package(**files)
        return calls(lambda: Relevance(program, {"": language().api}))

    effort(10)
    assert effort(80) < 2.5 * effort(40)
