"""nginx: reads configuration files and brings their servers and upstreams into the model."""

from __future__ import annotations

from mtlslint.parsers.nginx.include import locate
from mtlslint.parsers.nginx.reader import TOKENS, claims, read
from mtlslint.parsers.nginx.resolve import resolve

NAME = "nginx"

__all__ = ["NAME", "TOKENS", "claims", "locate", "read", "resolve"]
