"""Run programs that leave a `context`, and say how it ends. Runs under any Python from 3.7 on.

Reads a list of programs in JSON, writes a list of answers: how the context's attributes stand, or
what the program raised.
"""

import json
import ssl
import sys

PINNED = {
    getattr(ssl, "PROTOCOL_" + name, None): name
    for name in ("SSLv3", "TLSv1", "TLSv1_1", "TLSv1_2")
}


def state_of(context):
    """Return what of a context decides whom it lets in and what it speaks."""
    versions = ["SSLv3", "TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3"]
    pinned = PINNED.get(context.protocol)
    low, high = context.minimum_version, context.maximum_version
    return {
        "mode": int(context.verify_mode),
        "name": context.check_hostname,
        "late": getattr(context, "post_handshake_auth", False),
        "spoken": [
            one
            for one in versions
            if not context.options & getattr(ssl, "OP_NO_" + one)
            and getattr(ssl, "HAS_" + one, True)
            and (one == pinned if pinned else _within(one, low, high))
        ],
    }


def _within(version, low, high):
    """MINIMUM_SUPPORTED and MAXIMUM_SUPPORTED are negative and mean no bound."""
    value = ssl.TLSVersion[version]
    return (low < 0 or value >= low) and (high < 0 or value <= high)


def answer(program):
    """Run one program."""
    names = {}
    try:
        exec(compile(program, "program", "exec"), names)
    except (AttributeError, ValueError, TypeError, ssl.SSLError) as error:
        return {"raised": repr(error)}
    return state_of(names["context"])


if __name__ == "__main__":
    json.dump([answer(one) for one in json.load(sys.stdin)], sys.stdout)
