"""Where the documents of a YAML file part."""

from __future__ import annotations

import re

SEPARATOR = re.compile(rb"^---(?=\s|$)", re.MULTILINE)
