"""Whose words a sentence holds: the author's own, or somebody's whom it quotes, doubts or corrects.

Only what the author asserts is worth a verdict. What is merely told ("critics say"),
corrected ("it is a myth"), asked, wished or supposed is not. Patterns look at the
sentence, at its heading or lead-in, and at what is said of it right behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from icc_check.documents.blocks import Role
from icc_check.documents.document import Passage

_I = re.IGNORECASE


def _any_of(words: str) -> re.Pattern[str]:
    """Any of the words, which may be patterns; `_` stands for a space."""
    return re.compile(rf"\b(?:{'|'.join(words.split()).replace('_', ' ')})\b", _I)


# Said to be wrong, by the author or by others.
_DENIED = _any_of(
    r"""
    myths? hoax(es)? false(ly|hoods?)? wrong(ly)? untrue untruths? bogus fake mislead(s|ing|ingly)?
    misled debunk\w* misconceptions? rumou?rs? (dis|mis)information conspirac\w+ baseless unfounded
    incorrect(ly)? inaccura\w+ mistaken(ly)? erroneous(ly)? misquot\w+ misunderst\w+ misread\w*
    misstat\w+ fabricat\w+ fictional fictitious satire satirical parody lies? lied nonsense no_truth
    not_true not_the_case confus\w+ mix(es|ed)?_up propaganda invented doctored retracted correction
    fell_for
    """
)
# Told as somebody's words, belief or wish.
_TOLD = _any_of(
    r"""
    says? said saying claim(s|ed|ing)? argu(es?|ed|ing) arguments? alleges alleged_that alleging
    allegedly allegations? insist(s|ed|ing)? told tell(s|ing)? wrote writes writing tweet(s|ed)?
    post(s|ed)? viral headlines? believ(es?|ed|ing) beliefs? think(s|ing)? thought
    suggest(s|ed|ing|ions?)? according_to reportedly supposedly purported(ly)? ostensibly
    assert(s|ed|ing|ions?)? contend(s|ed)? maintain(s|ed)?_that report(s|ed)?_that
    den(y|ies|ied)_(that|having|being) in_the_(view|eyes|opinion|words)_of
    in_(his|her|its|their)_(view|opinion|words) notion ideas?_that theor(y|ies) narratives?
    assum(es?|ed|ptions?) depict(s|ed)? portray(s|ed)? dismiss(es|ed) denounc(es|ed) brand(s|ed)
    accus(es|ing) predict(s|ed|ions?)? expect(s|ed)? fear(s|ed)? hop(es?|ed|ing) warn(s|ed|ing)
    threaten(s|ed|ing) promis(es?|ed|ing) vow(s|ed) want(s|ed)? wish(es|ed)? demand(s|ed|ing)?
    urg(es?|ed|ing) call(s|ed|ing)?_(for|on|upon) propos(es?|ed|als?) quot(es?|ed|ing) impression
    as_if as_though
    """
)
# The author's view, wish or supposition, and no statement of fact.
_SUPPOSED = _any_of(
    r"""
    should shouldn['’]t ought would wouldn['’]t could couldn['’]t might perhaps maybe probably
    possibly presumably arguably hopefully likely unlikely seem(s|ed|ingly)? appear(s|ed)?_to
    apparently if unless whether imagine suppose assuming hypothetical(ly)? imaginary let_us
    had_(it|they|he|she)_not in_my_(view|opinion) for_me i_am_(sure|convinced)
    """
)
_INVERTED = re.compile(r"(?:Had|Were|Should)\s+(?:the\s+)?\w+")
# "It is false that …": the engine reads the denial, so the sentence has a verdict of its own.
_READ_BY_ENGINE = re.compile(
    r"\s*it(?:\s+is|'s|’s|\s+was)\s+(?:not\s+|simply\s+|just\s+|also\s+|a\s+|an\s+|common\s+)*"
    r"(?:myth|misconception|lie|hoax|false|untrue|wrong|incorrect|inaccurate|true|correct|the case)"
    r"(?:\s+to\s+(?:say|claim|think))?\s+that\s+",
    _I,
)
_CONTRARY = re.compile(r"\s*contrary to [^,]{1,80},\s*", _I)
_LABEL = re.compile(
    r"\s*(?:myth|claim|false|wrong|untrue|misconception|rumou?r|fiction|lie|hoax|allegation|q|question"
    r"|assertion|statement|not true|fake)(?:\s*(?:#|no\.?)?\s*\d+)?\s*(?:[:.–—]|-\s)",
    _I,
)
# A heading or lead-in after which come others' words or falsehoods.
_ANNOUNCING = _any_of(
    r"""
    myths? misconceptions? falsehoods? false wrong mistakes? errors? lies hoax(es)? rumou?rs?
    claims? claimed allegations? (dis|mis)information conspiracy fake incorrect untrue viral quiz
    what_(critics|opponents|supporters|they|people)_say fact[-_]?checks? examples? hypothetical
    fiction arguments? opinions? letters?
    """
)
# What is said of the sentence before.
_VERDICT_BEFORE = _any_of(
    r"""
    false wrong untrue incorrect inaccurate myths? misleading nonsense fabricated invented bogus
    lies? hoax not_(true|so|the_case|correct|accurate|right) never_happened true
    """
)
_POINTING_BACK = re.compile(
    r"\s*((but|and|yet|however|still),?\s+)?(that|this|it|these|those|they|both|neither|none"
    r"|all of (this|that|it)|the (claim|post|statement)|nothing of (this|that|the sort))\b",
    _I,
)
_DENYING_BEFORE = re.compile(
    r"\s*((but|and|yet|however|still),?\s+)?("
    r"(it|they|he|she|that|this)\s+((is|was|did|does|has|had|were|are|do|have)(\s+not|n['’]t)"
    r"|never (did|was|has|were))\s*([.,;:!]|\Z)"
    r"|(not so|not quite|not true|not really|false|wrong|untrue|incorrect|nonsense|no)"
    r"\s*([.,;:!—–]|\Z)"
    r"|(in fact|in reality|in truth|actually|really|the (truth|reality|fact)s?( is| are|,)|except)"
    r"\b)",
    _I,
)
_NEAR = 60  # characters within which the verdict on the sentence before must come
_CORRECTING = re.compile(
    r"\s*(?:facts?|reality|truth|verdict|answer|correction|in fact|in reality|in truth|actually)\b",
    _I,
)
_QUOTE = re.compile(r"“[^”]*”?|\"[^\"]*\"|«[^»]*»?|(?<!\w)‘[^’]*’(?!\w)")
_QUOTED_WORDS = 4  # fewer are a name or a word that the author uses


def is_asserted(text: str) -> bool:
    """Whether a sentence, taken by itself, is the author's own statement of fact."""
    if text.rstrip("\"'”’)! ").endswith("?") or _LABEL.match(text) or _INVERTED.match(text):
        return False
    for opening in (_READ_BY_ENGINE, _CONTRARY):
        if match := opening.match(text):
            text = text[match.end() :]
    if any(len(quote.split()) >= _QUOTED_WORDS for quote in _QUOTE.findall(text)):
        return False
    return not (_DENIED.search(text) or _TOLD.search(text) or _SUPPOSED.search(text))


class Narrator:
    """Goes through a document's passages and tells which sentences are the author's own."""

    def __init__(self) -> None:
        self._title_announces: bool | None = None
        self._heading_announces = False
        self._lead = ""  # the last sentence of running text, which a list may belong to

    def own(self, passage: Passage) -> list[bool]:
        """For each sentence of the next passage whether it is the author's own statement."""
        texts = [sentence.text for sentence in passage.sentences]
        if passage.role is Role.HEADING:
            return self._heading(texts)
        announced = self._heading_announces or (
            passage.role is Role.ITEM and bool(_ANNOUNCING.search(self._lead))
        )
        if passage.role is Role.PROSE and texts:
            self._lead = texts[-1]
        return list(_own(texts, announced))

    def _heading(self, texts: Sequence[str]) -> list[bool]:
        self._lead = ""
        announces = any(_ANNOUNCING.search(text) for text in texts)
        if self._title_announces is None:
            self._title_announces = announces
        self._heading_announces = announces
        if announces or self._title_announces:
            return [False] * len(texts)
        return [is_asserted(text) for text in texts]


def _own(texts: Sequence[str], announced: bool) -> Iterable[bool]:
    quoted = _inside_quotation(texts)
    before = ""
    for number, text in enumerate(texts):
        behind = texts[number + 1] if number + 1 < len(texts) else ""
        if _CORRECTING.match(text):
            announced = False
        led = bool(before) and before.rstrip().endswith(":") and bool(_ANNOUNCING.search(before))
        yield not (announced or led or quoted[number] or _denies_before(behind)) and is_asserted(
            text
        )
        before = text


def _denies_before(text: str) -> bool:
    """Whether a sentence calls the one before it wrong, or sets it right."""
    if _DENYING_BEFORE.match(text):
        return True
    back = _POINTING_BACK.match(text)
    return back is not None and bool(
        _VERDICT_BEFORE.search(text[back.end() : back.end() + _NEAR].split(";")[0])
    )


def _inside_quotation(texts: Sequence[str]) -> list[bool]:
    """For each sentence whether a quotation that goes over several has begun before its end."""
    inside = []
    curly = straight = 0
    for text in texts:
        opened = curly > 0 or straight % 2 == 1
        curly = max(0, curly + text.count("“") - text.count("”"))
        straight += text.count('"')
        inside.append(opened or curly > 0 or straight % 2 == 1)
    return inside
