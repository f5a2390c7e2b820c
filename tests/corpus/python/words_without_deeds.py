"""Explains TLS settings of other programs to their users.

    context.verify_mode = ssl.CERT_NONE
    context.check_hostname = False
    requests.get(url, verify=False)

None of this is done here.
"""

import logging
import ssl
from typing import Dict

log = logging.getLogger(__name__)

# context = ssl._create_unverified_context()
# ssl._create_default_https_context = ssl._create_unverified_context

MODES: Dict[str, ssl.VerifyMode] = {
    "none": ssl.CERT_NONE,
    "optional": ssl.CERT_OPTIONAL,
    "required": ssl.CERT_REQUIRED,
}

VERSIONS = {
    "1.0": ssl.TLSVersion.TLSv1,
    "1.1": ssl.TLSVersion.TLSv1_1,
    "1.2": ssl.TLSVersion.TLSv1_2,
}

WEAK = (ssl.TLSVersion.SSLv3, ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)

SNIPPETS = {
    "requests": "session.verify = False",
    "aiohttp": "aiohttp.TCPConnector(ssl=False)",
    "ciphers": 'context.set_ciphers("ALL:@SECLEVEL=0")',
    "uvicorn": 'uvicorn.run(app, host="0.0.0.0")',
}


def explain(context: ssl.SSLContext) -> str:
    """Say what `context` does; `verify_mode = CERT_NONE` gets the longest text."""
    if context.verify_mode == ssl.CERT_NONE:
        return "nothing is verified"
    if context.verify_mode is ssl.CERT_OPTIONAL and not context.check_hostname:
        return "the chain is verified if there is one"
    if context.verify_mode != ssl.CERT_REQUIRED:
        raise ValueError(context.verify_mode)
    if context.minimum_version in WEAK or context.options & ssl.OP_NO_TLSv1 == 0:
        log.warning("old versions are admitted")
    return "chain" + (" and name" if context.check_hostname else "")


def mode_name(mode: ssl.VerifyMode) -> str:
    for name, value in MODES.items():
        if value == mode:
            return name
    return {ssl.CERT_NONE: "none"}.get(mode, "?")


def report(context: ssl.SSLContext) -> Dict[str, object]:
    return dict(
        verify_mode=mode_name(context.verify_mode),
        check_hostname=context.check_hostname is not False,
        protocol=context.protocol == ssl.PROTOCOL_TLS_SERVER and "server",
    )


def advise(library: str) -> str:
    """
    >>> advise("requests")
    'instead of session.verify = False: pass verify="ca.pem"'
    """
    return f'instead of {SNIPPETS[library]}: pass verify="ca.pem"'


assert MODES["none"] is ssl.CERT_NONE
