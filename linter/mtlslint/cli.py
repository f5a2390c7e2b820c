"""The command: streams and arguments in, exit code out.

0 clean, 1 findings at or above --fail-on, 2 could not do the job.
"""

from __future__ import annotations

import os
import sys

from mtlslint import __version__

TYPE_CHECKING = False  # importing typing would double the time of --version
if TYPE_CHECKING:
    import argparse
    from datetime import date
    from typing import TextIO

    from mtlslint.catalogue import Catalogue
    from mtlslint.config import Config
    from mtlslint.engine import Result
    from mtlslint.reporters import View

CLEAN, FOUND, FAILED = 0, 1, 2


def main(argv: list[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Run one command; return its exit code."""
    if argv == ["--version"]:  # asked by scripts at every start: without argparse
        print(f"mtlslint {__version__}", file=stdout)
        return CLEAN
    from mtlslint.arguments import UsageError, parse

    try:
        arguments = parse(argv)
        if not arguments.command:
            raise UsageError("say what to do: mtlslint check, inspect, map, explain or rules")
        commands = {
            "check": _check,
            "inspect": _inspect,
            "map": _map,
            "explain": _explain,
            "rules": _rules,
        }
        return commands[arguments.command](arguments, stdout, stderr)
    except SystemExit as stop:  # --help and --version
        return int(stop.code or 0)
    except _expected_errors() as error:
        print(f"mtlslint: {error}", file=stderr)
        return FAILED
    except BrokenPipeError:
        # The reader has gone (`| head`): nobody is left to tell.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - flushed at exit
        return FAILED


def _expected_errors() -> tuple[type[Exception], ...]:
    """Return the errors whose text is a whole explanation."""
    from mtlslint.arguments import UsageError

    classes: list[type[Exception]] = [UsageError]
    for module, name in (("catalogue", "CatalogueError"), ("config", "ConfigError")):
        loaded = sys.modules.get(f"mtlslint.{module}")
        if loaded:
            classes.append(getattr(loaded, name))
    return tuple(classes)


def _check(arguments: argparse.Namespace, stdout: TextIO, stderr: TextIO) -> int:
    from mtlslint.arguments import UsageError
    from mtlslint.reporters import formats, reporter
    from mtlslint.shape import nearest

    format_ = arguments.output_format
    if format_ not in formats():
        hint = nearest(format_, formats()) or f"; one of {', '.join(formats())}"
        raise UsageError(f"unknown output format '{format_}'{hint}")
    result, config, root = _run(arguments)
    plain = bool(arguments.output_file)
    text = reporter(format_).render(result, _view(arguments, root, stdout, plain))
    if arguments.output_file:
        _write(arguments.output_file, text)
    else:
        stdout.write(text)
    _tell(result, arguments.verbose, stderr)
    return _exit_code(result, config.fail_on, arguments.exit_zero)


def _exit_code(result: Result, fail_on: str, exit_zero: bool) -> int:
    from mtlslint.finding import level

    if result.problems:
        return FAILED
    if exit_zero or fail_on == "never":
        return CLEAN
    return FOUND if any(f.level >= level(fail_on) for f in result.findings) else CLEAN


def _inspect(arguments: argparse.Namespace, stdout: TextIO, stderr: TextIO) -> int:
    from mtlslint.inspect import render

    result, _, root = _run(arguments)
    report = [_inside(path, root) for path in arguments.paths]
    stdout.write(render(result, _view(arguments, root, stdout), report))
    _tell(result, False, stderr)
    return FAILED if result.problems else CLEAN


def _map(arguments: argparse.Namespace, stdout: TextIO, stderr: TextIO) -> int:
    from mtlslint.maps import drawing
    from mtlslint.maps._graph import graph

    result, _, root = _run(arguments)
    report = [_inside(path, root) for path in arguments.paths]
    stdout.write(drawing(arguments.format).render(graph(result, report), _color(stdout)))
    _tell(result, False, stderr)
    return FAILED if result.problems else CLEAN


def _explain(arguments: argparse.Namespace, stdout: TextIO, stderr: TextIO) -> int:
    from mtlslint.catalogue import load_rules
    from mtlslint.pages import page

    catalogue = load_rules()
    rule = catalogue.find(arguments.rule)
    if rule is None:
        raise _unknown_rule(arguments.rule, catalogue)
    stdout.write(page(rule))
    return CLEAN


def _rules(arguments: argparse.Namespace, stdout: TextIO, stderr: TextIO) -> int:
    from mtlslint.catalogue import load_rules
    from mtlslint.pages import rules_json, rules_text

    catalogue = load_rules()
    as_json = arguments.output_format == "json"
    stdout.write(rules_json(catalogue) if as_json else rules_text(catalogue))
    return CLEAN


def _run(arguments: argparse.Namespace) -> tuple[Result, Config, str]:
    """Check the paths of the command line; return the result, the configuration and the root."""
    from mtlslint.engine import check
    from mtlslint.files import DiskFiles, project_root

    for path in arguments.paths:
        _must_exist(path)
    root = project_root(arguments.paths)
    config = _config(arguments, root)
    catalogue = _catalogue(config, root)
    for word in (*config.select, *config.ignore):
        if not catalogue.select(word):
            raise _unknown_rule(word, catalogue)
    result = check(
        DiskFiles(root, config.exclude),
        config,
        catalogue,
        _today(getattr(arguments, "today", None)),
        report=[_inside(path, root) for path in arguments.paths],
        workers=_jobs(arguments.jobs),
    )
    return result, config, root


def _must_exist(path: str) -> None:
    from mtlslint.arguments import UsageError

    if not os.path.exists(path):
        raise UsageError(f"{path}: no such file or folder")


def _inside(path: str, root: str) -> str:
    """Return a path relative to the root, with `/`; the root itself is empty."""
    from mtlslint.arguments import UsageError

    relative = os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/")
    if relative == ".." or relative.startswith("../"):
        raise UsageError(f"{path}: lies outside of the project {root}")
    return "" if relative == "." else relative


def _config(arguments: argparse.Namespace, root: str) -> Config:
    """Return the configuration in effect: the file's, then what the command line says."""
    from mtlslint.arguments import UsageError
    from mtlslint.config import Config, load_config
    from mtlslint.files import config_file, no_pattern

    for text in arguments.exclude or ():
        if wrong := no_pattern(text):
            raise UsageError(f"--exclude {wrong}")
    path = arguments.config or config_file(root)
    config = load_config(path) if path and not arguments.isolated else Config()
    return config._replace(
        profile=arguments.profile or config.profile,
        select=_words(arguments.select) or config.select,
        ignore=(*config.ignore, *_words(arguments.ignore)),
        exclude=(*config.exclude, *(arguments.exclude or ())),
        fail_on=getattr(arguments, "fail_on", None) or config.fail_on,
        rules_dir=arguments.rules_dir or config.rules_dir,
        inline_ignores=not getattr(arguments, "no_ignores", False),
    )


def _words(given: list[str] | None) -> tuple[str, ...]:
    """Return `--select A,B --select C` as words."""
    return tuple(word.strip() for text in given or () for word in text.split(",") if word.strip())


def _catalogue(config: Config, root: str) -> Catalogue:
    from mtlslint.catalogue import built_in_folder, load_rules

    own = (os.path.join(root, config.rules_dir),) if config.rules_dir else ()
    return load_rules(built_in_folder(), *own)


def _unknown_rule(word: str, catalogue: Catalogue) -> Exception:
    from mtlslint.arguments import UsageError

    return UsageError(f"unknown rule '{word}'{catalogue.suggestion(word)}")


def _today(text: str | None) -> date:
    from datetime import date

    from mtlslint.arguments import UsageError

    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise UsageError(f"'{text}' is no date such as 2026-01-31") from None


def _jobs(given: int | None) -> int:
    from mtlslint.arguments import UsageError

    if given is not None and given < 1:
        raise UsageError("--jobs takes a whole number from 1")
    return given or os.cpu_count() or 1


def _view(arguments: argparse.Namespace, root: str, stdout: TextIO, plain: bool = False) -> View:
    from mtlslint.reporters import View

    relative = os.path.relpath(root)
    prefix = "" if relative == "." else relative.replace(os.sep, "/") + "/"
    return View(not plain and _color(stdout), prefix, getattr(arguments, "verbose", False))


def _color(stdout: TextIO) -> bool:
    """Colour on a terminal only, unless NO_COLOR or FORCE_COLOR say otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stdout.isatty()


def _write(path: str, text: str) -> None:
    from mtlslint.arguments import UsageError

    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None


def _tell(result: Result, verbose: bool, stderr: TextIO) -> None:
    """Name on stderr what could not be read."""
    from mtlslint.reporters._places import region
    from mtlslint.reporters._terminal import clean

    for problem in (*result.problems, *(result.notes if verbose else ())):
        where = problem.path
        if problem.span:
            at = region(result.sources, problem.span)
            where = f"{at.path}:{at.line}:{at.column}"
        print(clean(f"mtlslint: {where}: {problem.message}"), file=stderr)
