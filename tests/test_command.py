"""Servers that a command line starts: where they listen, and what they demand of clients."""

from __future__ import annotations

import pytest
from mtlslint.facts import Paths, Project
from mtlslint.model import Address, Endpoint
from mtlslint.parsers import command
from mtlslint.source import Source


def servers(text: str, path: str = "Dockerfile", *others: str) -> tuple[Endpoint, ...]:
    facts = command.read(Source(path, text.encode()))
    return command.resolve(Project({path: facts}, Paths((path, *others)))).endpoints


def started(line: str, *others: str) -> Endpoint:
    (found,) = servers(f"FROM python:3.13\nCMD {line}\n", "Dockerfile", *others)
    return found


def value(endpoint: Endpoint, name: str) -> object:
    found = endpoint.states[0].get(name)
    return found.value if found else "absent"


@pytest.mark.parametrize(
    ("line", "host", "port"),
    [
        ("uvicorn a:b", "127.0.0.1", 8000),
        ("uvicorn a:b --host 0.0.0.0 --port 80", "0.0.0.0", 80),
        ("uvicorn a:b --host=:: --port=80", "::", 80),
        ("uvicorn a:b --uds /run/a.sock", "unix", None),
        ("uvicorn a:b --fd 3", None, None),
        ("uvicorn a:b --host $HOST --port ${PORT:-80}", None, 80),
        ("gunicorn a:b", "127.0.0.1", 8000),
        ("gunicorn -b :80 a:b", "0.0.0.0", 80),
        ("gunicorn -b0.0.0.0:80 a:b", "0.0.0.0", 80),
        ("gunicorn --bind unix:/run/a.sock a:b", "unix", None),
        ("gunicorn --bind 0.0.0.0:$PORT a:b", "0.0.0.0", None),
        ("hypercorn --bind 0.0.0.0 a:b", "0.0.0.0", 8000),
        ("daphne -b 0.0.0.0 -p 80 a:b", "0.0.0.0", 80),
        ("daphne -e ssl:443:privateKey=k:certKey=c a:b", None, None),
        ("granian --host 0.0.0.0 a:b", "0.0.0.0", 8000),
        ("flask run --host 0.0.0.0", "0.0.0.0", 5000),
        ("flask --app a run -h 0.0.0.0", "0.0.0.0", 5000),
        ("python manage.py runserver", "127.0.0.1", 8000),
        ("python manage.py runserver 0:80", "0", 80),
        ("python manage.py runserver --noreload 0.0.0.0:80", "0.0.0.0", 80),
        ("python -m http.server", "0.0.0.0", 8000),
        ("python -m http.server 80 --bind 127.0.0.1", "127.0.0.1", 80),
    ],
)
def test_where_a_program_listens(line: str, host: str | None, port: int | None) -> None:
    assert started(line).address == Address(host, port)


@pytest.mark.parametrize(
    "line",
    [
        '["uvicorn", "a:b", "--port", "80"]',
        '["sh", "-c", "alembic upgrade head && exec uvicorn a:b --port 80"]',
        "poetry run python -m uvicorn a:b --port 80",
        "PYTHONUNBUFFERED=1 /venv/bin/uvicorn a:b --port 80",
        'bash -c "wait-for db; uvicorn a:b --port 80"',
        "uvicorn a:b \\\n    --port 80",
        "exec tini -- uvicorn a:b --port 80",
    ],
)
def test_what_stands_before_a_program_does_not_hide_it(line: str) -> None:
    assert started(line).address == Address("127.0.0.1", 80)


@pytest.mark.parametrize(
    "line",
    [
        "pip install uvicorn",
        "echo uvicorn a:b",
        "python uvicorn_check.py",
        '["pytest", "tests/test_uvicorn.py"]',
        "flask db upgrade",
        "python manage.py migrate",
        'sh -c "',
    ],
)
def test_what_only_names_a_program_starts_none(line: str) -> None:
    assert servers(f"FROM python:3.13\nCMD {line}\n") == ()


TLS = "--ssl-certfile c --ssl-keyfile k"


@pytest.mark.parametrize(
    ("line", "transport", "auth", "intent"),
    [
        ("uvicorn a:b", "plaintext", "absent", "absent"),
        (f"uvicorn a:b {TLS}", "tls", "none", "none"),
        (f"uvicorn a:b {TLS} --ssl-ca-certs ca", "tls", "none", "asked"),
        (f"uvicorn a:b {TLS} --ssl-ca-certs ca --ssl-cert-reqs 1", "tls", "optional", "asked"),
        (f"uvicorn a:b {TLS} --ssl-ca-certs ca --ssl-cert-reqs 2", "tls", "required", "asked"),
        (f"uvicorn a:b {TLS} --ssl-ca-certs ca --ssl-cert-reqs $MODE", "tls", None, "asked"),
        ("gunicorn --certfile c --ca-certs ca --cert-reqs 2 a:b", "tls", "required", "asked"),
        (
            "hypercorn --certfile c --ca-certs ca --verify-mode CERT_REQUIRED a:b",
            "tls",
            "required",
            "asked",
        ),
        ("granian --ssl-certificate c --ssl-ca ca a:b", "tls", "optional", "asked"),
        (
            "granian --ssl-certificate c --ssl-ca ca --ssl-client-verify a:b",
            "tls",
            "required",
            "asked",
        ),
    ],
)
def test_what_a_program_demands(line: str, transport: str, auth: object, intent: str) -> None:
    found = started(line)
    names = ("transport", "client_auth", "client_auth_intent")
    assert tuple(value(found, name) for name in names) == (transport, auth, intent)


@pytest.mark.parametrize(
    ("line", "others", "transport"),
    [
        ("gunicorn -c conf.py a:b", (), None),
        ("gunicorn -b :80 a:b", ("gunicorn.conf.py",), None),
        ("gunicorn -b :80 --certfile c a:b", ("gunicorn.conf.py",), "tls"),
        ("hypercorn --config a.toml a:b", (), None),
    ],
)
def test_what_a_settings_file_may_say_is_unknown(
    line: str, others: tuple[str, ...], transport: object
) -> None:
    assert value(started(line, *others), "transport") == transport


@pytest.mark.parametrize(
    ("said", "host"),
    [("ENV FLASK_RUN_HOST=0.0.0.0 FLASK_DEBUG=1", "0.0.0.0"), ("ENV HOST 0.0.0.0", "127.0.0.1")],
)
def test_variables_say_what_options_would(said: str, host: str) -> None:
    (found,) = servers(f"FROM python:3.13\n{said}\nCMD flask run\n")
    assert found.address == Address(host, 5000)


def test_a_program_without_anything_to_serve_is_none() -> None:
    assert servers('FROM python:3.13\nENTRYPOINT ["uvicorn"]\n') == ()


def test_of_an_image_the_last_stage_and_command_count() -> None:
    text = (
        "FROM python:3.13 AS dev\nCMD uvicorn a:b --host 0.0.0.0 --reload\n"
        'FROM python:3.13\nENTRYPOINT ["python", "-m"]\nCMD ["gunicorn", "a:b"]\n'
    )
    assert [each.name for each in servers(text)] == ["Dockerfile: gunicorn in image"]


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        (
            "compose.yaml",
            "services:\n  web:\n    command: uvicorn a:b --host 0.0.0.0\n",
            "compose.yaml: uvicorn in web",
        ),
        (
            "compose.yaml",
            "services:\n  web:\n    entrypoint: [gunicorn]\n    command: [-b, ':80', a:b]\n",
            "compose.yaml: gunicorn in web",
        ),
        (
            "k8s/pod.yaml",
            "kind: Pod\nspec:\n  containers:\n    - name: web\n      command: [daphne]\n"
            "      args: [-b, 0.0.0.0, a:b]\n",
            "k8s/pod.yaml: daphne in web",
        ),
        (
            "Procfile",
            "release: flask db upgrade\nweb: gunicorn a:b\n",
            "Procfile: gunicorn in web",
        ),
    ],
)
def test_command_lines_stand_in_many_files(path: str, text: str, name: str) -> None:
    assert [each.name for each in servers(text, path)] == [name]
