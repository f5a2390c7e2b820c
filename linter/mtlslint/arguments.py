"""The command line's grammar; what words mean is checked where they are used."""

from __future__ import annotations

import argparse

from mtlslint import __version__

TYPE_CHECKING = False  # importing typing costs more than all that stands here
if TYPE_CHECKING:
    from typing import NoReturn, TypeAlias

    _Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"

FAIL_ON = ("note", "warning", "error", "never")
PROFILES = ("auto", "tls", "mtls", "strict")
COMMANDS = ("check", "inspect", "map", "explain", "rules")
DRAWINGS = ("text", "mermaid", "dot")


class UsageError(Exception):
    """The command line makes no sense; the text says what to do."""


WIDTH = 100
"""Columns of the help. Left to itself, argparse would import shutil, and with it lzma, to ask."""


class _Parser(argparse.ArgumentParser):
    """An ArgumentParser that raises instead of printing and exiting."""

    def _get_formatter(self) -> argparse.HelpFormatter:
        return argparse.HelpFormatter(self.prog, width=WIDTH)

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def parse(argv: list[str]) -> argparse.Namespace:
    """Return the parsed command line; raises UsageError, and SystemExit for --help."""
    parser = _parser()
    _did_you_mean(argv)
    arguments, unknown = parser.parse_known_args(argv)
    if unknown:
        raise UsageError(_unknown(unknown[0], arguments.command))
    return arguments


def _did_you_mean(argv: list[str]) -> None:
    """Explain a first word that is no command: a path, or a misspelt one."""
    first = next((word for word in argv if not word.startswith("-")), None)
    if first is None or first in COMMANDS:
        return
    from difflib import get_close_matches

    near = get_close_matches(first, COMMANDS, n=1, cutoff=0.7)
    meant = near[0] if near else f"check {first}"
    raise UsageError(f"'{first}' is no command; did you mean `mtlslint {meant}`?")


def _unknown(word: str, command: str) -> str:
    from mtlslint.shape import nearest

    options = _parser(only=command)._option_string_actions
    return f"unknown argument '{word}'{nearest(word.split('=')[0], options)}"


def _parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the whole parser, or one command's."""
    parser = _Parser(
        prog="mtlslint",
        description="Finds mutual TLS that doesn't protect: in Rust, nginx, Envoy and Python.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"mtlslint {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="mtlslint")
    made = {
        "check": _check(commands),
        "inspect": _inspect(commands),
        "map": _map(commands),
        "explain": _explain(commands),
        "rules": _rules(commands),
    }
    return made[only] if only else parser


def _command(commands: _Commands, name: str, help: str) -> _Parser:
    parser: _Parser = commands.add_parser(name, help=help, description=help, allow_abbrev=False)
    return parser


def _check(commands: _Commands) -> _Parser:
    parser = _command(commands, "check", "report what is wrong in files and folders")
    _paths(parser)
    parser.add_argument("--output-format", metavar="FORMAT", default="text")
    parser.add_argument("--output-file", metavar="FILE", help="write there, not to the terminal")
    parser.add_argument("--fail-on", choices=FAIL_ON, help="exit 1 from this level on")
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    parser.add_argument("--no-ignores", action="store_true", help="heed no inline ignores")
    parser.add_argument("--verbose", action="store_true", help="also name what was not read")
    parser.add_argument("--today", metavar="DATE", help="judge dates as of YYYY-MM-DD")
    return parser


def _inspect(commands: _Commands) -> _Parser:
    parser = _command(commands, "inspect", "show every endpoint and where its settings come from")
    _paths(parser)
    return parser


def _map(commands: _Commands) -> _Parser:
    parser = _command(commands, "map", "draw where traffic goes, and what protects it on each way")
    _paths(parser)
    parser.add_argument("--format", choices=DRAWINGS, default="text")
    return parser


def _paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", default=["."])
    parser.add_argument("--profile", choices=PROFILES, help="default: auto")
    parser.add_argument("--select", action="append", metavar="RULE", help="id, prefix or name")
    parser.add_argument("--ignore", action="append", metavar="RULE", help="id, prefix or name")
    parser.add_argument("--exclude", action="append", metavar="GLOB", help="as in .gitignore")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--config", metavar="FILE", help="instead of the project's own")
    where.add_argument("--isolated", action="store_true", help="heed no configuration file")
    parser.add_argument("--rules-dir", metavar="DIR", help="own rules beside the built-in ones")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes that read files")


def _explain(commands: _Commands) -> _Parser:
    parser = _command(commands, "explain", "show a rule's page")
    parser.add_argument("rule", metavar="RULE", help="id or name")
    return parser


def _rules(commands: _Commands) -> _Parser:
    parser = _command(commands, "rules", "list all rules")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    return parser
