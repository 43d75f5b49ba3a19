"""Findings made by hand, for the tests of formats and of the command line."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from icc_check.model import (
    Acceptance,
    Basis,
    Detail,
    FactView,
    Finding,
    Level,
    Location,
    Related,
    Source,
    StoreId,
    Verdict,
)

STORE = StoreId(name="icc", hash="3f786850e387550f")
TODAY = dt.date(2026, 11, 23)

UN = Source(
    id="un-treaties-rome",
    title="Rome Statute of the International Criminal Court, status of ratification",
    publisher="United Nations Treaty Collection",
    url="https://treaties.un.org/pages/ViewDetails.aspx?src=TREATY&mtdsg_no=XVIII-10&chapter=18&clang=_en",
    date="2026-10-02",
)
ASP = Source(
    id="asp-states-parties",
    title="The States Parties to the Rome Statute",
    publisher="Assembly of States Parties",
    url="https://asp.icc-cpi.int/states-parties",
    archived="https://web.archive.org/web/20261002/https://asp.icc-cpi.int/states-parties",
)
PUTIN = Source(
    id="icc-putin-2023",
    title="Situation in Ukraine: ICC judges issue arrest warrants",
    publisher="International Criminal Court",
    url="https://www.icc-cpi.int/news/situation-ukraine-icc-judges-issue-arrest-warrants-against-vladimir-vladimirovich-putin-and",
    date="2023-03-17",
)
NUMBER_OF_STATES = FactView(
    id="states-parties",
    statement="125 states are parties to the Rome Statute.",
    basis=Basis.OFFICIAL_RECORD,
    checked=dt.date(2026, 10, 2),
    topic="membership",
)
WARRANT = FactView(
    id="putin-warrant",
    statement="The ICC issued a warrant of arrest for Vladimir Putin on 17 March 2023.",
    basis=Basis.COURT_DOCUMENT,
    checked=dt.date(2026, 10, 2),
    topic="warrants",
)
MEMBERSHIP = FactView(
    id="philippines-membership",
    statement="The Philippines was a state party from 1 November 2011 to 16 March 2019.",
    basis=Basis.OFFICIAL_RECORD,
    checked=dt.date(2024, 1, 15),
    topic="membership",
)

REFUTED = Finding(
    claim="152 states have ratified the Rome Statute",
    verdict=Verdict.REFUTED,
    as_of=TODAY,
    rule="number-differs",
    reason="The claim says 152; the record says 125 states parties since 1 January 2025.",
    fact=NUMBER_OF_STATES,
    correction="125 states are parties to the Rome Statute (since 1 January 2025).",
    details=(
        Detail("quantity", "152 states", "125 states", Level.DIFFERENT, 0, 10),
        Detail("action", "have ratified", "are parties", Level.SAME, 11, 24),
        Detail("name", "the Rome Statute", "the Rome Statute", Level.SAME, 25, 41),
    ),
    sources=(UN, ASP),
)
SUPPORTED = Finding(
    claim="Putin has been wanted by the ICC since March 2023.",
    verdict=Verdict.SUPPORTED,
    as_of=TODAY,
    rule="all-agree",
    reason="The record says so: the warrant was issued on 17 March 2023.",
    fact=WARRANT,
    details=(Detail("date", "March 2023", "17 March 2023", Level.WITHIN, 39, 49),),
    sources=(PUTIN,),
)
OUTDATED = Finding(
    claim="The Philippines is a member of the ICC",
    verdict=Verdict.OUTDATED,
    as_of=TODAY,
    rule="no-longer",
    reason="This was right until 16 March 2019.",
    fact=MEMBERSHIP,
    correction="The Philippines left the ICC on 17 March 2019.",
    sources=(UN,),
    notes=("This fact was last checked on 15 January 2024, nearly three years ago.",),
)
DISPUTED = Finding(
    claim="The Court has jurisdiction over nationals of states that are not parties.",
    verdict=Verdict.DISPUTED,
    as_of=TODAY,
    rule="open-question",
    reason="Authoritative sources contradict each other on this.",
    fact=FactView(
        "jurisdiction-non-parties",
        "Whether the Court may try nationals of states that are not parties is contested.",
        Basis.NAMED_OFFICIAL,
        dt.date(2026, 9, 1),
    ),
    correction="The Court claims this jurisdiction; the United States and others contest it.",
    sources=(ASP,),
)
UNVERIFIED = Finding(
    claim="Putin will be arrested next year.",
    verdict=Verdict.UNVERIFIED,
    as_of=TODAY,
    rule="no-fact",
    reason="No fact in the store speaks to this.",
    related=(Related(WARRANT, 0.61234), Related(NUMBER_OF_STATES, 0.4)),
)
COMPOUND = Finding(
    claim="Putin is wanted by the ICC and 152 states have ratified the Rome Statute.",
    verdict=Verdict.REFUTED,
    as_of=TODAY,
    rule="worst-part",
    reason="The second of the two statements is wrong.",
    correction="125 states are parties to the Rome Statute (since 1 January 2025).",
    parts=(SUPPORTED, REFUTED),
    sources=(UN, ASP),
)
AWKWARD = Finding(
    claim="[bold red]Fake[/] :smile: \x1b[31mred\x07 \u202eesrever\u202c a\tb\nc "
    "\x9b2J «Côte d\u2019Ivoire» 中文 \udcff",
    verdict=Verdict.UNVERIFIED,
    as_of=TODAY,
    rule="no-fact",
    reason="Nothing [link=https://evil.example]near[/link] it.",
    related=(
        Related(
            FactView("odd", "A [/close] that \x1b]8;;x\x07breaks.", Basis.REPORTING, TODAY), 0.5
        ),
    ),
    sources=(
        Source("s", "Ti\x1btle [red]", "Pub|lisher", "https://a.example/[x]?q=\x1b[1m"),
        Source("j", "Script", "", "javascript:alert(1)"),
    ),
    notes=("x" * 300,),
    location=Location("odd [name]\x1b.txt", 7, 3),
)

ACCEPTED = replace(
    REFUTED,
    accepted=Acceptance(
        "ea97d8403983918bd2a2242ea6d7a9e1", "Quoted [sic] from | 2024.", dt.date(2027, 6, 30)
    ),
)
BY_CLAIM = {
    finding.claim: finding
    for finding in (REFUTED, SUPPORTED, OUTDATED, DISPUTED, UNVERIFIED, COMPOUND, AWKWARD)
}
