"""Where sentences end.

A full stop is taken for an end unless something speaks against it: an abbreviation, an
initial, a small letter or a figure behind it. When in doubt two sentences stay one, for
a claim that is cut in two says something else.
"""

from __future__ import annotations

import re

_CLOSING = "\"'”’»)\\]"
_OPENING = "\"'“‘«(\\["
# An end: marks, what closes, the mark of a note, white space; or the end of a text.
_END = re.compile(
    rf"(?<![.!?…])(?P<marks>[.!?…]++)(?P<closing>[{_CLOSING}]*)(?P<note>(?:\[[\w, ]{{1,8}}\])*)"
    rf"(?P<digits>\d{{1,2}}(?=\s+[{_OPENING}]*[A-Z]))?(?P<gap>\s+)(?=\S)"
)
_WORD = re.compile(r"[^\s(\[“‘\"'«—–/]+\Z")
_NEXT = re.compile(rf"[{_OPENING}]*(\S+)")
# Never the last word of a sentence: a name or a figure follows.
_TITLES = frozenset(
    "mr mrs ms messrs mx dr prof rev fr hon amb gen lt col maj capt cmdr cpl sgt adm brig sen rep "
    "gov pres st ste mt ft vs v cf e.g i.e viz approx ca c fig figs pp p vol ch "
    "sec para paras arts ed eds nr nos".split()
)
# Abbreviations that end a sentence now and then: what follows decides.
_SHORT = frozenset(
    "etc inc ltd corp co jr sr bros p.m a.m u.s u.k u.n e.u d.c u.s.a i.c.c i.c.j n.y ph.d al ibid "
    "bn mn tn m est dept univ assn no art jan feb mar apr jun jul aug sept sep oct nov dec op "
    "cit ave blvd rd".split()
)
_BEFORE_FIGURES = frozenset(
    "no nos art arts fig figs p pp vol ch sec para paras jan feb mar apr jun jul aug sep sept oct "
    "nov dec nr".split()
)
_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_FOREIGN_ACRONYM = re.compile(r"(?:[A-Z]\.){1,4}[A-Z]")
# Words that begin a sentence more often than they go on behind "U.S." or "Jr.".
_STARTERS = frozenset(
    "the a an it he she they we you i this that these those there in on at by for from but and or "
    "so yet then now when while if as after before since although though however no not nobody "
    "what who why how where which his her its their our my one two some many most all both each "
    "every everyone none offices here still even only also once until under over with without "
    "to meanwhile moreover instead another such other others".split()
)
# Names that carry the mark of exclamation.
_EXCLAIMED = frozenset(("yahoo", "jeopardy"))


def split(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences in a text, without the white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _is_end(text, start, match):
            spans.append((start, match.start("gap")))
            start = match.end()
    spans.append((start, len(text)))
    return [span for span in (_trimmed(text, *span) for span in spans) if span]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = text[start:end]
    if not part.strip():
        return None
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end())
    after = following[1] if following else ""
    quoted = following is not None and following[0][0] in "\"“‘'«"
    if match["digits"] or match["note"]:
        return True
    if after[:1].islower():
        return False
    word = _WORD.search(text, max(start, match.start() - 40), match.start())
    before = word[0] if word else ""
    if match["marks"] in ("!", "?") or len(match["marks"]) > 1 or match["marks"] == "…":
        return _ends_with_mark(before, match, after)
    if match["closing"]:
        return True
    return quoted or _ends_with_stop(before, after)


def _ends_with_mark(before: str, match: re.Match[str], after: str) -> bool:
    if match["marks"] == "!" and before.casefold() in _EXCLAIMED:
        return False
    return bool(after)


def _ends_with_stop(before: str, after: str) -> bool:
    """Whether a full stop behind a word ends the sentence, given the word that comes next."""
    known = before.casefold()
    figure = after[:1].isdigit()
    if known in _TITLES:
        return False
    if figure and known in _BEFORE_FIGURES:
        return False
    starts = after.strip(",.;:!?").casefold() in _STARTERS
    if known in _MONTHS:
        return starts
    if known in _SHORT or _FOREIGN_ACRONYM.fullmatch(before):
        return starts or known == "no"
    return not (_INITIALS.fullmatch(before) and before != "I")
