"""Type stubs' habits: annotations, overloads, protocols and code that never runs."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Literal, Protocol, overload

import httpx

if TYPE_CHECKING:
    from requests import Session


class Fetcher(Protocol):
    verify: bool

    def get(self, url: str, *, verify: bool = False) -> bytes: ...


@overload
def fetch(url: str, verify: Literal[False]) -> bytes: ...
@overload
def fetch(url: str, verify: Literal[True] = ...) -> bytes: ...
def fetch(url: str, verify: bool = True) -> bytes:
    return httpx.get(url, verify=verify).content


def mode(context: ssl.SSLContext) -> ssl.VerifyMode:
    wanted: ssl.VerifyMode = ssl.CERT_NONE
    if context.verify_mode > wanted:
        wanted = context.verify_mode
    return wanted


def adapt(session: Session) -> Session:
    session.headers["X-Verify"] = "False"
    return session
