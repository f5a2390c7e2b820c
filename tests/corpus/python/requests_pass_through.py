"""SDK of the ticket system: whoever configures it decides what is verified."""

from __future__ import annotations

import os
import typing as t

import requests

DEFAULT_TIMEOUT = 30

#: ``verify=False`` is what the old SDK did. Don't.
VERIFY = True


class Tickets:
    """A client.

    :param verify: passed to requests. ``verify=False`` switches checks off::

        Tickets(url, token, verify=False)
    """

    def __init__(
        self,
        url: str,
        token: str,
        verify: bool | str = True,
        cert: tuple[str, str] | None = None,
    ) -> None:
        self.url = url
        self.verify = verify
        self.cert = cert
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.session.verify = verify

    @classmethod
    def from_environment(cls) -> "Tickets":
        return cls(
            os.environ["TICKETS_URL"],
            os.environ["TICKETS_TOKEN"],
            verify=os.environ.get("TICKETS_CA", True),
        )

    @classmethod
    def from_args(cls, args: t.Any) -> "Tickets":
        return cls(args.url, args.token, verify=not args.insecure)

    def get(self, number: int) -> dict[str, t.Any]:
        response = requests.get(
            f"{self.url}/tickets/{number}",
            verify=self.verify,
            cert=self.cert,
            timeout=DEFAULT_TIMEOUT,
        )
        response.raise_for_status()
        return response.json()

    def search(self, query: str, **options: t.Any) -> list[dict[str, t.Any]]:
        options.setdefault("verify", self.verify)
        return self.session.get(f"{self.url}/search", params={"q": query}, **options).json()

    def close(self, number: int, *, verify: bool = VERIFY) -> None:
        self.session.post(f"{self.url}/tickets/{number}/close", verify=verify)

    def attach(self, number: int, path: str, config: dict[str, t.Any]) -> None:
        with open(path, "rb") as data:
            requests.post(
                f"{self.url}/tickets/{number}/files",
                files={"file": data},
                verify=config["tls"]["verify"],
            )

    def _verified(self) -> bool:
        return self.session.verify is not False

    def __repr__(self) -> str:
        mark = "" if self._verified() else " (verify=False)"
        return f"<Tickets {self.url}{mark}>"
