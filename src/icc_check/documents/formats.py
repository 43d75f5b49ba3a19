"""Which markup a file has, by the end of its name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePath
from typing import cast

from icc_check.documents.blocks import Extractor

# The module and the function that take the prose out.
_FORMATS: Mapping[str, tuple[str, str]] = {
    ".md": ("markdown", "extract"),
    ".markdown": ("markdown", "extract"),
    ".html": ("html", "extract"),
    ".htm": ("html", "extract"),
    ".xhtml": ("html", "extract"),
    ".txt": ("plain", "extract"),
    ".text": ("plain", "extract"),
    ".rst": ("plain", "extract_rst"),
}
SUFFIXES = tuple(_FORMATS)


def is_known(name: str) -> bool:
    """Whether a file with this name is a document."""
    return PurePath(name).suffix.lower() in _FORMATS


def extractor(name: str) -> Extractor:
    """What takes the prose out of a file with this name; one without an end is plain text.

    A module is loaded only now. Raises KeyError where the name ends in something else.
    """
    suffix = PurePath(name).suffix.lower()
    module, function = _FORMATS[suffix or ".txt"]
    return cast(Extractor, getattr(import_module(f"icc_check.documents.{module}"), function))
