"""Behaviour of the whole engine on a small store about something invented.

No word of the engine knows lighthouses: what is tested here is the mechanism.
Rows are *claim, day, verdict, rule*; `unverified` rows name the rule only where
it matters.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icc_check.checker import Checker
from icc_check.judge import RULES
from icc_check.model import Level, Verdict

STORE = Path(__file__).parent / "stores" / "lights"
TODAY = dt.date(2025, 7, 1)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.load([STORE])


TABLE = [
    # states of affairs and their time
    ("Gull Point is lit", TODAY, "supported", "agrees"),
    ("GULL   POINT is LIT!!!", TODAY, "supported", "agrees"),
    ("The lighthouse at Gull Point is in service", TODAY, "supported", "agrees"),
    ("Gull Point is not lit", TODAY, "refuted", "denied"),
    ("It is false that Gull Point is not lit", TODAY, "supported", "agrees"),
    ("Gull Point has not been lit yet", TODAY, "outdated", "still-denied"),
    ("Sandlow is lit", TODAY, "outdated", "no-longer"),
    ("Sandlow is no longer lit", TODAY, "supported", "denial-agrees"),
    ("Sandlow was lit in 1950", TODAY, "supported", "agrees"),
    ("Sandlow was lit in 1995", TODAY, "refuted", None),
    # both ends of a time, each as exactly as it is said
    ("Sandlow was lit from 1910 until 1988", TODAY, "supported", None),
    ("Sandlow was lit from May 1910 to 31 October 1988", TODAY, "supported", None),
    ("Sandlow was lit from 1 May 1910 until 1 November 1988", TODAY, "supported", None),
    ("Sandlow was lit from 1905 until 1988", TODAY, "unverified", None),
    ("Sandlow was lit from 1910 until 1995", TODAY, "unverified", None),
    ("Sandlow was lit from 4 May 1910 until 31 October 1988", TODAY, "unverified", None),
    ("Sandlow was lit from 1 January 1910 to 1988", TODAY, "unverified", None),
    ("Tom Shoal chaired the Board from 2011 to 2020", TODAY, "supported", "agrees"),
    ("Tom Shoal chaired the Board from 2011 to 2021", TODAY, "unverified", None),
    ("Sandlow is lit", dt.date(1950, 1, 1), "supported", "agrees"),
    ("Skerry Head is lit", dt.date(1950, 1, 1), "outdated", "not-yet"),
    ("East Cay is lit", TODAY, "refuted", "known-falsehood"),
    ("East Cay is not lit", TODAY, "supported", "falsehood-denied"),
    # a second part that leaves its predicate out says it as it stands, whatever the first does
    ("East Cay is not lit, but Gull Point is", TODAY, "supported", None),
    ("East Cay is not lit, and Gull Point is not", TODAY, "refuted", None),
    ("Gull Point is lit, but East Cay is not", TODAY, "supported", None),
    ("Gull Point is lit, but East Cay is", TODAY, "refuted", None),
    ("Gull Point will be lit in 2090", TODAY, "unverified", None),
    ("Is Gull Point lit?", TODAY, "unverified", "question"),
    # numbers
    ("Gull Point is 31 metres high", TODAY, "supported", "agrees"),
    ("Gull Point is thirty-one metres high", TODAY, "supported", "agrees"),
    ("Gull Point is over 30 metres high", TODAY, "supported", "agrees"),
    ("Gull Point is about 30 metres high", TODAY, "supported", "agrees"),
    ("Gull Point is 13 metres high", TODAY, "refuted", "number-differs"),
    ("Gull Point is under 30 metres high", TODAY, "refuted", "number-differs"),
    ("Gull Point is just over 30 metres high", TODAY, "supported", "agrees"),
    ("Gull Point is just over 20 metres high", TODAY, "refuted", "number-differs"),
    ("Gull Point is slightly under 32 metres high", TODAY, "supported", "agrees"),
    # dates of events
    ("Gull Point was first lit on 2 April 1881", TODAY, "supported", "agrees"),
    ("Gull Point was first lit in 1881", TODAY, "supported", "agrees"),
    ("Gull Point was first lit in 1818", TODAY, "refuted", "date-differs"),
    ("Gull Point was first lit on 3 April 1881", TODAY, "refuted", "date-differs"),
    # names where only one can be right
    ("Gull Point stands on North Merrow", TODAY, "supported", "agrees"),
    ("Gull Point stands on South Merrow", TODAY, "refuted", "name-differs"),
    ("Ada Brine is the chair of the Board", TODAY, "supported", "agrees"),
    ("Tom Shoal chairs the Board", TODAY, "outdated", "no-longer"),
    ("Tom Shoal was the chairman of the Board in 2015", TODAY, "supported", "agrees"),
    # what has been so since some day is so to this day
    ("Tom Shoal has chaired the Board since 2011", TODAY, "outdated", "no-longer"),
    ("Tom Shoal has chaired the Board since 2011", dt.date(2019, 1, 1), "supported", "agrees"),
    ("Tom Shoal was the chairman of the Board since 2011", TODAY, "supported", "was-so"),
    ("The channel is no longer silted up", TODAY, "supported", "denial-agrees"),
    ("The channel has not been silted up since 2019", TODAY, "supported", "denial-agrees"),
    ("The channel has not been silted up since 2002", TODAY, "unverified", None),
    # what one day began may have ended
    ("The yawl of the Board went aground", TODAY, "supported", "agrees"),
    ("The yawl of the Board is aground", TODAY, "outdated", "no-longer"),
    ("The yawl of the Board is aground", dt.date(2024, 3, 3), "supported", None),
    # who denies what was so once denies the record
    ("Tom Shoal was not the chairman of the Board", TODAY, "refuted", "denied"),
    ("Tom Shoal has never chaired the Board", TODAY, "refuted", "denied"),
    ("Tom Shoal does not chair the Board", TODAY, "supported", "denial-agrees"),
    # what was so need not be so still
    ("The yawl was the pride of the Isles", TODAY, "supported", "agrees"),
    ("The yawl is the pride of the Isles", TODAY, "unverified", None),
    ("Una Fathom chairs the Board", TODAY, "refuted", "name-differs"),
    # who did it to whom
    ("The Lighthouse Board reprimanded the Harbour Office", TODAY, "supported", "agrees"),
    ("The Harbour Office was reprimanded by the Board", TODAY, "supported", "agrees"),
    ("The Harbour Office reprimanded the Lighthouse Board", TODAY, "refuted", "roles-turned"),
    ("The Board was reprimanded by the Harbour Office", TODAY, "refuted", "roles-turned"),
    ("The keepers elect the warden", TODAY, "supported", "agrees"),
    ("The warden is elected by the keepers", TODAY, "supported", "agrees"),
    ("The warden elects the keepers", TODAY, "unverified", None),
    ("Ada Brine is the chair of South Merrow", TODAY, "unverified", None),
    ("Una Fathom and Ada Brine sued the Harbour Office", TODAY, "supported", "agrees"),
    ("The Harbour Office sued Ada Brine and Una Fathom", TODAY, "refuted", "roles-turned"),
    # who did not do it is not the only one
    ("The Harbour Office failed to repair the crane", TODAY, "supported", "agrees"),
    ("The Lighthouse Board failed to repair the crane", TODAY, "unverified", None),
    # numbers stay with their names, and what is denied with its contrary
    ("North Merrow lost 4 boats in the storm and South Merrow lost 7", TODAY, "supported", None),
    ("In the storm South Merrow lost 7 boats and North Merrow 4 boats", TODAY, "supported", None),
    ("In the storm North Merrow lost 7 boats and South Merrow 4 boats", TODAY, "unverified", None),
    ("The Beacon Act covers ships, not rafts", TODAY, "supported", None),
    ("The Beacon Act covers rafts, not ships", TODAY, "unverified", None),
    # what a denial reaches, and what is more than a thing
    ("Una Fathom denies that she admitted wrecking the buoy", TODAY, "unverified", None),
    ("Una Fathom denies nothing, she admitted wrecking the buoy", TODAY, "refuted", None),
    ("Una Fathom admitted wrecking the buoy", TODAY, "refuted", "known-falsehood"),
    ("There is an offer for the lantern of Sandlow", TODAY, "supported", None),
    ("There is not only an offer for the lantern of Sandlow", TODAY, "unverified", None),
    ("The plan passed by 9 to 4 with 2 abstaining", TODAY, "supported", None),
    ("The plan passed by 4 to 9 with 2 abstaining", TODAY, "unverified", None),
    # duties, plans and what is allowed are no deeds
    ("The Board may close Skerry Head", TODAY, "supported", None),
    ("The Board closed Skerry Head", TODAY, "unverified", None),
    ("The Board has closed Skerry Head", TODAY, "unverified", None),
    ("The Board did close Skerry Head", TODAY, "unverified", None),
    ("The sale of East Cay was due to take effect in 2024", TODAY, "supported", None),
    ("The sale of East Cay took effect in 2024", TODAY, "unverified", None),
    ("The Board had to reprimand the Harbour Office", TODAY, "unverified", None),
    ("The Board should have reprimanded the Harbour Office", TODAY, "unverified", None),
    ("The Board was to reprimand the Harbour Office", TODAY, "unverified", None),
    # contraries
    ("A court convicted Una Fathom", TODAY, "refuted", "denied"),
    ("A court did not convict Una Fathom", TODAY, "unverified", None),
    # what implies and what is implied
    ("The Board got rid of the old lens of Gull Point", TODAY, "supported", "agrees"),
    # figures over time
    ("23 ships have run aground off the Isles", TODAY, "supported", "figure-agrees"),
    ("There have been more than 20 wrecks off the Isles", TODAY, "supported", "figure-agrees"),
    ("19 ships have run aground off the Isles", TODAY, "outdated", "figure-superseded"),
    ("15 ships have run aground off the Isles", TODAY, "refuted", "figure-differs"),
    ("99 ships have run aground off the Isles", TODAY, "unverified", "figure-unclear"),
    ("By 2015 12 ships had run aground off the Isles", TODAY, "supported", "figure-agrees"),
    ("The Board employs 9 keepers", TODAY, "supported", "figure-agrees"),
    ("The Board employs 40 keepers", TODAY, "outdated", "figure-superseded"),
    ("The Board employs forty keepers", dt.date(1999, 1, 1), "supported", "figure-agrees"),
    ("The Board employs 12 keepers", TODAY, "refuted", "figure-differs"),
    # falsehoods and disputes
    ("Gull Point is haunted", TODAY, "refuted", "known-falsehood"),
    ("It is a myth that Gull Point is haunted", TODAY, "supported", "falsehood-denied"),
    ("Cold Reef belongs to South Merrow", TODAY, "disputed", "disputed"),
    # more than the record says, or about something else
    ("Gull Point is lit by moonlight and song", TODAY, "unverified", None),
    ("Ada Brine chairs the Board and sings", TODAY, "unverified", None),
    ("The moon is made of cheese", TODAY, "unverified", None),
    # names that have changed places, and negations of several clauses
    ("The Lighthouse Board outbid the Harbour Office", TODAY, "supported", None),
    ("The Harbour Office outbid the Lighthouse Board", TODAY, "unverified", None),
    ("It is not so that the Harbour Office outbid the Lighthouse Board", TODAY, "unverified", None),
    ("Gull Point is not lit but Sandlow belongs to the lit ones", TODAY, "refuted", None),
    # what was announced is not done
    ("Una Fathom said she would auction Sandlow", TODAY, "supported", None),
    ("Una Fathom has auctioned Sandlow", TODAY, "unverified", None),
    ("The Board had auctioned the old lens of Gull Point in June 2033", TODAY, "unverified", None),
    # what is under way is not done, and what is done not under way
    ("The Board is rebuilding Old Mole", TODAY, "supported", "agrees"),
    ("The Board has rebuilt Old Mole", TODAY, "unverified", None),
    ("The Board is not rebuilding Old Mole", TODAY, "refuted", "denied"),
    ("The Board is reprimanding the Harbour Office", TODAY, "unverified", None),
    ("The Board is not reprimanding the Harbour Office", TODAY, "unverified", None),
    ("Una Fathom is admitting wrecking the buoy", TODAY, "unverified", None),
    ("Ada Brine is chairing the Board", TODAY, "supported", "agrees"),
    ("Tom Shoal is chairing the Board", TODAY, "outdated", "no-longer"),
    # what is still to come
    ("The Board would reprimand the Harbour Office", TODAY, "unverified", None),
    ("The Board had auctioned the old lens of Gull Point by June 2033", TODAY, "unverified", None),
    (
        "The Board had auctioned the old lens of Gull Point by July 2025",
        TODAY,
        "supported",
        "agrees",
    ),
    ("The Board will have replaced the lamp of Skerry Head by 2030", TODAY, "supported", "agrees"),
    ("The Board has replaced the lamp of Skerry Head", TODAY, "unverified", None),
    # a total is not what was counted one day
    ("A storm sank 3 boats off Cold Reef", TODAY, "supported", "agrees"),
    ("A storm sank 5 boats off Cold Reef", TODAY, "refuted", "number-differs"),
    ("A storm has sunk 5 boats off Cold Reef", TODAY, "unverified", None),
    ("By 2023 a storm had sunk 5 boats off Cold Reef", TODAY, "unverified", None),
    ("A storm currently sinks 5 boats off Cold Reef", TODAY, "unverified", None),
    # a difference decides nothing where something else is open
    ("Gull Point is not 13 metres high", TODAY, "unverified", None),
    ("The tower of Gull Point stands 13 metres high on Sandlow", TODAY, "unverified", None),
    ("Una Fathom works as a pilot", TODAY, "supported", "agrees"),
    ("Una Fathom works as a keeper", TODAY, "refuted", "word-differs"),
    ("Una Fathom does not work as a keeper", TODAY, "unverified", None),
    ("Una Fathom works as a keeper on Sandlow", TODAY, "unverified", None),
    ("The Harbour Office did not reprimand the Board", TODAY, "unverified", None),
    # when it began
    ("Gull Point has been lit since 1881", TODAY, "supported", "agrees"),
    ("Gull Point has been lit since 1950", TODAY, "refuted", "began-elsewhen"),
    ("Gull Point has not been lit since 1950", TODAY, "refuted", "denied"),
    ("Gull Point has been lit since 1950 by Tom Shoal", TODAY, "unverified", None),
    ("Tom Shoal ran the Harbour Office from 2001 to 2010", TODAY, "supported", "agrees"),
    ("Tom Shoal ran the Harbour Office from 2001 to 2011", TODAY, "supported", "agrees"),
    ("Tom Shoal ran the Harbour Office from 2001 to 2012", TODAY, "unverified", None),
    ("Tom Shoal ran the Harbour Office from 2001 to 2009", TODAY, "unverified", None),
    ("Tom Shoal ran the Harbour Office from 2002 to 2010", TODAY, "unverified", None),
    # figures denied, early and of a time
    ("The Board does not employ 9 keepers", TODAY, "refuted", "figure-denied"),
    ("The Board does not employ 40 keepers", TODAY, "unverified", None),
    ("40 keepers work for the Board on Sandlow", TODAY, "unverified", None),
    ("9 keepers work for the Board on Sandlow", TODAY, "unverified", None),
    ("The Board employs between 5 and 50 keepers", TODAY, "supported", "figure-agrees"),
    ("In 2000 the Board employed 9 keepers", TODAY, "refuted", "figure-differs"),
    ("In 2000 the Board employed 40 keepers", TODAY, "supported", "figure-agrees"),
    ("19 ships have run aground off the Isles", dt.date(2012, 1, 1), "outdated", "figure-early"),
    # falsehoods with more, with less, and ended
    ("A ghost lives at Gull Point with Tom Shoal", TODAY, "refuted", "known-falsehood"),
    ("Gull Point is no longer haunted", TODAY, "unverified", None),
    ("Una Fathom refused to admit wrecking the buoy", TODAY, "unverified", None),
    ("More than 100 sailors drowned off Skerry Head", TODAY, "refuted", "known-falsehood"),
    ("150 sailors drowned off Skerry Head", TODAY, "refuted", "known-falsehood"),
    ("50 sailors drowned off Skerry Head", TODAY, "unverified", None),
    ("The Harbour Office burned down in 1950", TODAY, "refuted", "known-falsehood"),
    ("The Harbour Office burned down on 3 May 1950", TODAY, "refuted", "known-falsehood"),
    ("The Harbour Office burned down in 1960", TODAY, "unverified", None),
    ("The Harbour Office did not burn down in 1950", TODAY, "supported", "falsehood-denied"),
    ("A tunnel joins the two Merrows", TODAY, "outdated", "no-longer"),
    # a closed list
    ("The Board inspects Gull Point every year", TODAY, "supported", "agrees"),
    ("The Board does not inspect Gull Point every year", TODAY, "refuted", "denied"),
    ("The Board inspects Port Haven every year", TODAY, "refuted", "known-falsehood"),
    # denials of what has ended, has not begun, or was never
    ("Sandlow was lit", TODAY, "supported", "was-so"),
    ("Gull Point was lit in 1870", TODAY, "refuted", "another-time"),
    ("Gull Point was not lit in 1870", TODAY, "supported", "denial-agrees"),
    ("Gull Point was not lit in 1900", TODAY, "refuted", "denied"),
    ("Sandlow is not lit", TODAY, "supported", "denial-agrees"),
    ("Sandlow is not yet lit", TODAY, "unverified", None),
    ("Sandlow was not lit", TODAY, "refuted", "denied"),
    ("Sandlow was never lit", TODAY, "refuted", "denied"),
    ("Sandlow has never been lit", TODAY, "refuted", "denied"),
    ("Tom Shoal was not the chair of the Board", TODAY, "refuted", "denied"),
    ("Tom Shoal never ran the Harbour Office", TODAY, "refuted", "denied"),
    ("Sandlow was not lit in 1995", TODAY, "supported", "denial-agrees"),
    ("Skerry Head is not lit", dt.date(1950, 1, 1), "supported", "denial-agrees"),
    ("Skerry Head is no longer lit", dt.date(1950, 1, 1), "unverified", None),
    ("Sandlow is no longer lit", dt.date(1950, 1, 1), "outdated", "still-denied"),
    ("Gull Point is no longer lit", TODAY, "refuted", "denied"),
    ("The Isles mint pennies", TODAY, "outdated", "end-denied"),
    ("The Isles still mint pennies", TODAY, "outdated", "still-denied"),
    ("The Isles do not mint pennies", TODAY, "supported", "agrees"),
    # numbers as intervals
    ("The lens of Cold Reef weighs 200 kilograms", TODAY, "unverified", None),
    ("The lens of Cold Reef weighs more than 150 kilograms", TODAY, "supported", "agrees"),
    ("The lens of Cold Reef weighs more than 200 kilograms", TODAY, "unverified", None),
    ("The lens of Cold Reef weighs more than 210 kilograms", TODAY, "refuted", "number-differs"),
    ("The lens of Cold Reef weighs 210 kilograms", TODAY, "unverified", None),
    ("The lens of Cold Reef weighs 190 kilograms", TODAY, "unverified", None),
    ("The lens of Cold Reef weighs 189 kilograms", TODAY, "refuted", "number-differs"),
    ("The lens of Cold Reef weighs between 190 and 210 kilograms", TODAY, "supported", "agrees"),
    ("The lens of Cold Reef weighs between 200 and 250 kilograms", TODAY, "unverified", None),
    ("Gull Point is at least 31 metres high", TODAY, "supported", "agrees"),
    ("Gull Point is at most 31 metres high", TODAY, "supported", "agrees"),
    ("Gull Point is between 31 and 40 metres high", TODAY, "supported", "agrees"),
    ("Gull Point is between 20 and 31 metres high", TODAY, "supported", "agrees"),
    ("Gull Point is between 32 and 40 metres high", TODAY, "refuted", "number-differs"),
    ("Gull Point is more than 31 metres high", TODAY, "refuted", "number-differs"),
    ("Gull Point is less than 31 metres high", TODAY, "refuted", "number-differs"),
    ("Gull Point is 31 feet high", TODAY, "unverified", None),
    ("Article 7 of the Beacon Act bans 12 colours", TODAY, "supported", "agrees"),
    ("Article 12 of the Beacon Act bans 7 colours", TODAY, "unverified", None),
    # dates with before, after and by
    ("Gull Point was first lit by 2 April 1881", TODAY, "supported", "agrees"),
    ("Gull Point was first lit by 1 April 1881", TODAY, "refuted", "date-differs"),
    ("Gull Point was first lit before 3 April 1881", TODAY, "supported", "agrees"),
    ("Gull Point was first lit before 2 April 1881", TODAY, "refuted", "date-differs"),
    ("Gull Point was first lit after 1 April 1881", TODAY, "supported", "agrees"),
    ("Gull Point was first lit after 2 April 1881", TODAY, "refuted", "date-differs"),
    ("Gull Point was first lit between 1880 and 1890", TODAY, "supported", "agrees"),
    ("Gull Point was first lit between 1882 and 1890", TODAY, "refuted", "date-differs"),
    ("The Board was founded between 1868 and 1870", TODAY, "supported", "agrees"),
    ("The Board was founded on 3 May 1868", TODAY, "unverified", None),
    ("The Board was founded by 1868", TODAY, "supported", "agrees"),
    ("The Board was founded by 3 May 1868", TODAY, "unverified", None),
    ("The Board was founded by 1867", TODAY, "unverified", None),
    ("The Board was founded before 1869", TODAY, "supported", "agrees"),
    ("The Board was founded before 3 May 1868", TODAY, "unverified", None),
    ("The Board was founded before 1868", TODAY, "unverified", None),
    ("The Board was founded after 1867", TODAY, "supported", "agrees"),
    ("The Board was founded after 3 May 1868", TODAY, "unverified", None),
    ("The Board was founded after 1868", TODAY, "unverified", None),
    # units that do not mix, and votes
    ("The building of Cold Reef took 14 months", TODAY, "supported", "agrees"),
    ("The building of Cold Reef took 14 days", TODAY, "unverified", None),
    ("The building of Cold Reef took 14 years", TODAY, "refuted", "number-differs"),
    ("The building of Cold Reef took 15 months", TODAY, "refuted", "number-differs"),
    ("40 percent of the lamps burn oil", TODAY, "supported", "agrees"),
    ("40 lamps burn oil", TODAY, "unverified", None),
    ("30 percent of the lamps burn oil", TODAY, "refuted", "number-differs"),
    ("30 islanders voted for and 12 against the Beacon Act", TODAY, "supported", "agrees"),
    ("12 islanders voted for and 30 against the Beacon Act", TODAY, "unverified", None),
    # dates that a record of a month or year bears out, and those that it cannot
    ("30 islanders voted for and 13 against the Beacon Act", TODAY, "refuted", "number-differs"),
    ("The Board hired women after 1950", TODAY, "supported", "agrees"),
    ("The Board hired women after 1960", TODAY, "unverified", None),
    ("The Board hired women after 1940", TODAY, "supported", "agrees"),
    ("The Board hired women before 1950", TODAY, "unverified", None),
    ("The Board reprimanded the Harbour Office by 1 May 2019", TODAY, "unverified", None),
    ("The Board reprimanded the Harbour Office by 30 April 2019", TODAY, "refuted", "date-differs"),
    ("The Board reprimanded the Harbour Office before 2 May 2019", TODAY, "unverified", None),
    (
        "The Board reprimanded the Harbour Office before 1 May 2019",
        TODAY,
        "refuted",
        "date-differs",
    ),
    (
        "The Board reprimanded the Harbour Office after 31 May 2019",
        TODAY,
        "refuted",
        "date-differs",
    ),
    ("The Board reprimanded the Harbour Office after 30 May 2019", TODAY, "unverified", None),
    ("The Board reprimanded the Harbour Office on 31 May 2019", TODAY, "unverified", None),
    ("The Board reprimanded the Harbour Office in April 2019", TODAY, "refuted", "date-differs"),
    ("The Board reprimanded the Harbour Office after April 2019", TODAY, "supported", "agrees"),
    ("The Board reprimanded the Harbour Office before June 2019", TODAY, "supported", "agrees"),
    ("The Board reprimanded the Harbour Office by 31 May 2019", TODAY, "supported", "agrees"),
    ("Gull Point was lit on 2 April 1881", TODAY, "supported", "agrees"),
    ("Gull Point was lit on 1 April 1881", TODAY, "unverified", None),
    ("Sandlow was lit on 31 October 1988", TODAY, "supported", "agrees"),
    ("Sandlow was lit on 1 November 1988", TODAY, "unverified", None),
    # compound
    ("Gull Point is lit, but Sandlow is lit too", TODAY, "outdated", None),
    ("Gull Point and Cold Reef are lit", TODAY, "supported", None),
    ("Gull Point and East Cay are lit", TODAY, "refuted", None),
]


@pytest.mark.parametrize(("claim", "day", "verdict", "rule"), TABLE)
def test_verdict(
    checker: Checker, claim: str, day: dt.date, verdict: str, rule: str | None
) -> None:
    finding = checker.check(claim, as_of=day)
    assert (finding.verdict.value, finding.rule if rule else None) == (verdict, rule), (
        finding.reason
    )


def test_rules_have_ids_of_their_own() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


def test_a_refutation_says_both_values(checker: Checker) -> None:
    finding = checker.check("Gull Point is 13 metres high", as_of=TODAY)
    assert "13" in finding.reason
    assert "31" in finding.reason
    different = [detail for detail in finding.details if detail.level is Level.DIFFERENT]
    assert [(d.claim, d.fact) for d in different] == [("13", "31")]
    assert finding.claim[different[0].start : different[0].end] == "13"


def test_sources_come_with_the_verdict(checker: Checker) -> None:
    finding = checker.check("Gull Point is lit", as_of=TODAY)
    assert [source.url for source in finding.sources] == ["https://lights.example/register"]


def test_answers_do_not_depend_on_what_was_asked_before(checker: Checker) -> None:
    claims = [claim for claim, day, _, _ in TABLE if day == TODAY]
    forwards = [f.verdict for f in checker.check_many(claims, as_of=TODAY)]
    backwards = [f.verdict for f in checker.check_many(reversed(claims), as_of=TODAY)]
    assert forwards == backwards[::-1]


@settings(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(text=st.text(max_size=200))
def test_nothing_crashes_and_nonsense_is_not_affirmed(checker: Checker, text: str) -> None:
    assert checker.check(text, as_of=TODAY).verdict is not Verdict.SUPPORTED


@settings(deadline=None)
@given(height=st.integers(min_value=0, max_value=10_000).filter(lambda n: n != 31))
def test_another_number_is_never_supported(checker: Checker, height: int) -> None:
    finding = checker.check(f"Gull Point is {height} metres high", as_of=TODAY)
    assert finding.verdict is Verdict.REFUTED


@settings(deadline=None)
@given(day=st.dates(dt.date(1700, 1, 1), TODAY).filter(lambda d: d != dt.date(1881, 4, 2)))
def test_another_day_is_never_supported(checker: Checker, day: dt.date) -> None:
    written = f"{day.day} {day:%B} {day.year}"
    finding = checker.check(f"Gull Point was first lit on {written}", as_of=TODAY)
    assert finding.verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize("claim", [c for c, d, v, _ in TABLE if v == "supported" and d == TODAY])
@pytest.mark.parametrize(
    "alter", ["It is false that {}", "It is a myth that {}", "It would be wrong to say that {}"]
)
def test_the_denial_of_what_is_supported_is_not_supported(
    checker: Checker, claim: str, alter: str
) -> None:
    finding = checker.check(alter.format(claim), as_of=TODAY)
    assert finding.verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize("claim", [c for c, d, v, _ in TABLE if v == "supported" and d == TODAY])
def test_case_spacing_and_punctuation_change_nothing(checker: Checker, claim: str) -> None:
    for same in (claim.upper(), claim.lower(), f"  {claim.replace(' ', '  ')}.", f"{claim}!"):
        assert checker.check(same, as_of=TODAY).verdict is Verdict.SUPPORTED, same
