"""Order: whether a claim has its details in the places where the fact has them.

The same names and numbers can say the contrary: who did it to whom, which number is
whose, what is denied in favour of what. Words tell it by their places ("Anna sued
Bert", "Bert was sued by Anna"), and so it is asked only when all have found partners.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, combinations

from icc_check.comparison import Pair
from icc_check.keys import kind_of_name
from icc_check.lexicon import Lexicon
from icc_check.reading.values import Item, Kind, Reading
from icc_check.store.compiled import Phrasing

BY = " by "  # before the doer of a passive
DOER = re.compile(r"\bby\s+(?:the\s+)?$", re.IGNORECASE)
LISTING = re.compile(
    r"(?:[\s,;&/+]|\b(?:and|or|nor|both|the|as well as|with|plus)\b)*", re.IGNORECASE
)


class Order:
    """A claim beside a phrasing, with the details that have found their partners."""

    def __init__(
        self,
        claim: Reading,
        phrasing: Phrasing,
        lexicon: Lexicon,
        pairs: Sequence[Pair],
        conflicts: Sequence[Pair],
    ) -> None:
        self._claim = claim
        self._phrasing = phrasing
        self._lexicon = lexicon
        self._pairs = pairs
        self._conflicts = conflicts

    def turned(self) -> bool:
        """Whether the two doers of a directed deed have changed places."""
        verb, _, recorded = self._phrasing.doer.partition(" ")
        deed = next((pair for pair in self._pairs if pair.part.item.key == verb), None)
        if not recorded or deed is None:
            return False
        named = [
            pair
            for pair in self._pairs
            if pair is not deed and self._lexicon.kind_of(pair.item.kind, pair.item.key)
        ]
        if len(named) < 2 or all(pair.part.item.index_key != recorded for pair in named):
            return False
        doer = self._claim.doer(deed.item, [pair.item for pair in named])
        if doer is None:
            return False
        doers = [
            pair.part.item.index_key
            for pair in named
            if pair.item is doer or self._side_by_side(pair.item, doer)
        ]
        return recorded not in doers

    def reordered(self) -> tuple[Item, ...]:
        """Two names of a kind in the contrary order, which may turn round who did what.

        Names in a list ("Anna and Bert") may stand in any order, unless numbers are
        dealt out to them; and the passive puts the doer last.
        """
        exchanged = self._exchanged() or self._contrasted_otherwise()
        if exchanged:
            return exchanged
        named = sorted(
            (pair for pair in self._pairs if pair.item.kind is Kind.ENTITY),
            key=lambda pair: pair.item.first,
        )
        swapped = [
            (before.item, after.item)
            for before, after in combinations(named, 2)
            if before.item.last < after.item.first
            and before.part.item is not after.part.item
            and kind_of_name(before.item, self._lexicon) == kind_of_name(after.item, self._lexicon)
            and self._changed_places(before, after)
        ]
        if sum(p.item.kind is Kind.QUANTITY for p in self._phrasing.parts) > 1:
            numbers = self._numbers_crossed()  # dealt out: each name must keep its number
            return (
                () if bool(numbers) == bool(swapped) else (*numbers, *chain.from_iterable(swapped))
            )
        return next((pair for pair in swapped if not self._listed(*pair)), ())

    def _exchanged(self) -> tuple[Item, ...]:
        """What stands on either side of a deed, if the fact does not have it so.

        Either the two have changed places ("the registrar elects the judges"), or
        whoever is said to have done it is only known from the fact's context.
        """
        for deed in self._pairs:
            if deed.part.item.key != deed.item.key or not self._is_directed(deed.item):
                continue
            named = [i for i in self._claim.items if self._lexicon.kind_of(i.kind, i.key)]
            doer = self._claim.doer(deed.item, [i for i in named if i is not deed.item])
            if doer and all(p.item is not doer for p in (*self._pairs, *self._conflicts)):
                return (doer,)
            sides = self._claim.sides(deed.item, [p.item for p in self._pairs if p is not deed])
            recorded = self._phrasing.sides.split(" ")
            if sides is None or recorded[0] != deed.item.key:
                continue
            doers, suffers = (
                {p.part.item.index_key for p in self._pairs if p.item is item} for item in sides
            )
            if recorded[1] in suffers and recorded[2] in doers:
                return sides
        return ()

    def _changed_places(self, before: Pair, after: Pair) -> bool:
        """Whether the first name of two in the claim is the last in the fact, or, where one
        of the texts is in the passive, the first as well."""
        said, recorded = self._claim.text, self._phrasing.text
        first, second = sorted((before.part.item, after.part.item), key=_first)
        passive = _is_doer(said, after.item)
        if passive != _is_doer(recorded, second):
            return first is before.part.item
        return first is after.part.item and (passive or (BY in said) == (BY in recorded))

    def _contrasted_otherwise(self) -> tuple[Item, ...]:
        """What the claim denies in favour of another, if the fact has it the other way round."""
        if self._claim.contrasted < 0 or not self._phrasing.contrasted:
            return ()
        item = self._claim.items[self._claim.contrasted]
        partners = [p.part.item.index_key for p in self._pairs if p.item is item]
        return () if self._phrasing.contrasted in partners else (item,)

    def _numbers_crossed(self) -> tuple[Item, ...]:
        """Two numbers in the contrary order, which only their places tell apart."""
        kinds = [kind for pair in self._pairs if (kind := kind_of_name(pair.item, self._lexicon))]
        counted = [pair for pair in self._pairs if pair.item.kind is Kind.QUANTITY]
        if len(set(kinds)) == len(kinds):  # then the units tell which is which, if they do
            counted = [p for p in counted if not p.item.key or p.item.key != p.part.item.key]
        for one, other in combinations(counted, 2):
            said = one.item.first - other.item.first
            if said * (one.part.item.first - other.part.item.first) < 0:
                return one.item, other.item
        return ()

    def _is_directed(self, item: Item) -> bool:
        return item.kind is Kind.CONCEPT and self._lexicon.concepts[item.key].directed

    def _side_by_side(self, one: Item, other: Item) -> bool:
        """Whether two names stand in one list: "Anna and Bert"."""
        before, after = sorted((one, other), key=_first)
        kinds = {kind_of_name(one, self._lexicon), kind_of_name(other, self._lexicon)}
        return len(kinds) == 1 and before is not after and self._listed(before, after)

    def _listed(self, before: Item, after: Item) -> bool:
        """Whether nothing but names and joining words stands between two names."""
        between = self._claim.text[before.end : after.start]
        for item in self._claim.items:
            if item.kind is Kind.ENTITY and before.end <= item.start < after.start:
                between = between.replace(item.text, "")
        return LISTING.fullmatch(between) is not None


def _first(item: Item) -> int:
    return item.first


def _is_doer(text: str, item: Item) -> bool:
    """Whether a passive says that this one did it: "by Anna"."""
    return DOER.search(text[: item.start]) is not None
