"""Audits a code base for certificate checks that were switched off process-wide."""

import pathlib
import re
import ssl
import sys
from unittest import mock

PATTERNS = {
    "patch": r"ssl\._create_default_https_context\s*=\s*ssl\._create_unverified_context",
    "requests": r"verify\s*=\s*False",
    "mode": r"verify_mode\s*=\s*ssl\.CERT_NONE",
}

ADVICE = """
Remove the line

    ssl._create_default_https_context = ssl._create_unverified_context

and pass a context with your own CA to urlopen():

    context = ssl.create_default_context(cafile="ca.pem")
"""


def restore():
    """Somebody else's plugin may have patched it: put the original back."""
    if ssl._create_default_https_context is not ssl.create_default_context:
        ssl._create_default_https_context = ssl.create_default_context


def is_patched():
    return ssl._create_default_https_context == ssl._create_unverified_context


def audit(root):
    compiled = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}
    for path in sorted(pathlib.Path(root).rglob("*.py")):
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            for name, pattern in compiled.items():
                if pattern.search(line):
                    yield path, number, name


def self_check(sample):
    # What the audit prints for a patched process, without patching this one.
    with mock.patch("ssl._create_default_https_context", create=True) as factory:
        factory.return_value = ssl.create_default_context()
        return list(audit(sample))


def main(argv):
    restore()
    if is_patched():
        sys.exit("this process itself is patched")
    found = 0
    for path, number, name in audit(argv[1] if len(argv) > 1 else "."):
        # For instance: requests.get(url, verify=False)
        print(f"{path}:{number}: {name}")
        found += 1
    if found:
        print(ADVICE)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
