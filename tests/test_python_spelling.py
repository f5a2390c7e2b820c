"""How Python writes what rules want; `spelling/python.yaml` holds the plain cases."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from repairs import judge_spelling, mended, spelling_cases

MAIN = "app.py"


@spelling_cases("python")
def test_python_is_written(rule: str, before: str, after: str | None, refused: bool) -> None:
    judge_spelling(MAIN, rule, before, after, refused)


def test_offsets_are_those_of_bytes() -> None:
    before = (
        'import requests\n\n\ndef get():\n    return requests.get("https://zürich", verify=False)\n'
    )
    assert mended(before, "MTLS401", MAIN) == before.replace("False", "True")


SERVER = """
async def serve(handler):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="ca.pem")
    context.load_cert_chain("tls.pem")
    context.verify_mode = CERT_OPTIONAL
    return await asyncio.start_server(handler, "0.0.0.0", 8443, ssl=context)
"""
MAIL = """import imaplib


def inbox():
    return imaplib.IMAP4_SSL("mail.example.net")
"""


def test_names_that_are_missing_are_imported() -> None:
    before = f"import asyncio\nimport ssl\nfrom ssl import CERT_OPTIONAL\n\n{SERVER}"
    after = str(mended(before, "MTLS101", MAIN))
    assert "from ssl import CERT_REQUIRED, CERT_OPTIONAL\n" in after
    assert "verify_mode = CERT_REQUIRED\n" in after
    assert str(mended(MAIL, "MTLS404", MAIN)).startswith("import imaplib\nimport ssl\n")


def test_a_name_that_is_not_the_librarys_is_left_alone() -> None:
    before = f"import asyncio\nimport ssl\n\nCERT_OPTIONAL = ssl.CERT_OPTIONAL\n\n{SERVER}"
    assert mended(before, "MTLS101", MAIN) is None


def test_ends_of_lines_and_tabs_stay_what_they_are() -> None:
    before = (
        b"import ssl\r\nimport urllib.request\r\n\r\n\r\ndef get(url):\r\n"
        b"\tcontext = ssl.SSLContext()\r\n\tcontext.load_verify_locations('ca.pem')\r\n"
        b"\treturn urllib.request.urlopen(url, context=context)\r\n"
    )
    line = b"\r\n\tcontext.minimum_version = ssl.TLSVersion.TLSv1_2"
    made = b"ssl.SSLContext()"
    assert mended(before, "MTLS201", MAIN) == before.replace(made, made + line)


def test_libcst_is_loaded_only_where_an_import_is_written() -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from test_python_spelling import MAIL, MAIN, mended\n"
        "text = MAIL.replace('import imaplib', 'import imaplib, ssl')\n"
        "for one in (text, MAIL):\n"
        "    mended(one, 'MTLS404', MAIN)\n"
        "    print('libcst' in sys.modules)\n"
    )
    here = str(Path(__file__).parent)
    done = subprocess.run([sys.executable, "-c", script, here], capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True"], done.stderr
