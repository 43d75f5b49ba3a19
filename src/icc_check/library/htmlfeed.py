"""Reviews embedded in a page of HTML, as `<script type="application/ld+json">`."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO
from typing import NamedTuple, TextIO

from icc_check.library.jsonfeed import CHUNK, LONGEST_ENTRY, Entry, read_document

_JSON = "application/ld+json"


class Block(NamedTuple):
    """An entry in one of a page's blocks of JSON."""

    line: int  # of the page, where the block begins
    entry: Entry


class _Scripts(HTMLParser):
    """Gathers the blocks as the page comes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[tuple[int, str]] = []
        self._pieces: list[str] | None = None
        self._line = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").partition(";")[0].strip().lower()
        if tag == "script" and kind == _JSON:
            self._pieces, self._line = [], self.getpos()[0]

    def handle_data(self, data: str) -> None:
        if self._pieces is not None:
            self._pieces.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._pieces is not None:
            self.done.append((self._line, _bare("".join(self._pieces))))
            self._pieces = None

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """`<![anything]>` is a comment to browsers; Python's parser may fail at it."""
        return self.parse_bogus_comment(i)

    @property
    def held(self) -> int:
        """How many characters wait for what ends them."""
        return len(self.rawdata) + sum(map(len, self._pieces or ()))

    @property
    def unfinished(self) -> int | None:
        """The line of a block that never ends."""
        return None if self._pieces is None else self._line


def read_page(stream: TextIO) -> Iterator[Block]:
    """The entries of all blocks; pages speak of much else, which is for others to leave out."""
    scripts = _Scripts()
    while chunk := stream.read(CHUNK):
        scripts.feed(chunk)
        yield from _entries(scripts)
        if scripts.held > LONGEST_ENTRY:
            fault = (
                f"has a part of more than {LONGEST_ENTRY:,} characters; nothing after it was read"
            )
            yield Block(scripts.getpos()[0], Entry(1, fault=fault))
            return
    if scripts.unfinished is not None:
        yield Block(scripts.unfinished, Entry(1, fault="is not whole: the page ends within it"))


def _entries(scripts: _Scripts) -> Iterator[Block]:
    for line, text in scripts.done:
        for entry in read_document(StringIO(text)):
            yield Block(line, entry)
    scripts.done.clear()


def _bare(text: str) -> str:
    """Without the comment or CDATA marks that older pages put around scripts."""
    text = text.strip()
    for start, end in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")):
        text = text.removeprefix(start).removesuffix(end).strip()
    return text
