"""What a finding is known by from one run to the next, wherever its line has moved to.

Rule, fact, the claim in a plain form, and which occurrence of these it is: editing the
lines around it, its quotes or its capitals changes nothing; another figure, another
rule or another fact makes it another finding. The file and the line are no part of it,
so a text may be moved and renamed.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter

from icc_check.model import Finding

VERSION = "v1"  # of the recipe; another recipe gets another version
_LENGTH = 32  # hexadecimal digits: 128 bits, so that no two findings ever share one

_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_EDGES = "\"'.!?… "
_UNSEEN = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


class Fingerprints:
    """The fingerprints of one run's findings, in order: equal findings get a number each."""

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def of(self, finding: Finding) -> str:
        """The fingerprint of the next finding; to be asked once for each."""
        key = hashlib.sha256(_identity(finding)).digest()[:16]
        self._seen[key] += 1
        return fingerprint(finding, self._seen[key])


def fingerprint(finding: Finding, occurrence: int = 1) -> str:
    """32 hexadecimal digits; `occurrence` counts equal findings of a run from 1."""
    text = _identity(finding) + b"\n%d" % occurrence
    return hashlib.sha256(text).hexdigest()[:_LENGTH]


def plain_claim(text: str) -> str:
    """The claim without what an edit of its looks changes; figures stay as they are.

    >>> plain_claim('“The  Court’s seat”.')
    "the court's seat"
    """
    text = unicodedata.normalize("NFD", _UNSEEN.sub("", text)).translate(_PLAIN)
    text = unicodedata.normalize("NFD", text.casefold())
    return " ".join(text.split()).strip(_EDGES)


def _identity(finding: Finding) -> bytes:
    fact = finding.fact.id if finding.fact else ""
    return json.dumps([VERSION, finding.rule, fact, plain_claim(finding.claim)]).encode()
