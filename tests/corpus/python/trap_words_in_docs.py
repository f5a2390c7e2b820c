"""Lints other people's code for TLS mistakes: all the bad words, in strings, patterns and names.

    >>> check("requests.get(url, verify=False)")
    ['verify=False']
    >>> check("ctx.verify_mode = ssl.CERT_NONE")
    ['CERT_NONE']
"""

import ast
import re

# ssl._create_default_https_context = ssl._create_unverified_context
PATTERNS = {
    "verify=False": re.compile(r"verify\s*=\s*False"),
    "CERT_NONE": re.compile(r"verify_mode\s*=\s*ssl\.CERT_NONE"),
    "check_hostname = False": re.compile(r"check_hostname\s*=\s*False"),
    "PROTOCOL_TLSv1": re.compile(r"PROTOCOL_(?:SSLv[23]|TLSv1(?:_1)?)\b"),
}

EXAMPLE = '''
import ssl
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
requests.get("https://example.com", verify=False)
smtplib.SMTP("mail").starttls()
'''

HELP = "Never write verify=False, ssl=False, or context.verify_mode = ssl.CERT_NONE."


def check(source):
    """`verify=False` and `app.run(host="0.0.0.0")` are what this looks for."""
    return [name for name, pattern in PATTERNS.items() if pattern.search(source)]


class Visitor(ast.NodeVisitor):
    def __init__(self):
        self.found = []

    def visit_keyword(self, node):
        if node.arg == "verify" and getattr(node.value, "value", None) is False:
            self.found.append((node.lineno, "verify=False"))
        self.generic_visit(node)


def selftest():
    visitor = Visitor()
    visitor.visit(ast.parse("get(verify=False)"))
    assert visitor.found and check(EXAMPLE), HELP
