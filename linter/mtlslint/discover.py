"""Listing a folder is the registry: technologies and output formats are found, not registered."""

from __future__ import annotations

import os
from collections.abc import Iterable


def module_names(folders: Iterable[str]) -> tuple[str, ...]:
    """Return the modules and packages in folders that don't begin with `_`, sorted.

    What `pkgutil.iter_modules` does for folders, without the 4 ms of importing it.
    """
    found = set()
    for folder in folders:
        for entry in os.scandir(folder):
            name, dot, ending = entry.name.partition(".")
            module = dot and ending == "py"
            if module or os.path.exists(os.path.join(entry.path, "__init__.py")):
                found.add(name)
    return tuple(sorted(name for name in found if not name.startswith("_")))
