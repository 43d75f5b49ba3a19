"""Documents: what is prose, where sentences end and stand, and whose words they are."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from source import ROOT

from icc_check.checker import Checker
from icc_check.documents.blocks import Comment, Role
from icc_check.documents.document import LARGEST, Document, Passage, Sentence, decode
from icc_check.documents.formats import SUFFIXES
from icc_check.documents.framing import Narrator, is_asserted
from icc_check.documents.ignoring import Ignores
from icc_check.documents.sentences import split
from icc_check.inputs import Reject
from icc_check.model import Finding
from icc_check.proofread import Proofreader

FOLDER = ROOT / "tests" / "documents"
CLEAN = sorted((FOLDER / "clean").iterdir())
EXPECTED = [
    line.encode().decode("unicode_escape").encode("latin-1").decode()
    for line in (FOLDER / "wrong" / "expected.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
WRONG = sorted({line.split(":")[0] for line in EXPECTED})
WRITTEN = dt.date(2026, 11, 24)
RULES = {"denied", "figure-differs"}


def load(path: Path) -> Document:
    document = decode(path.read_bytes(), path.name)
    assert isinstance(document, Document)
    return document


def sentences(document: Document) -> list[Sentence]:
    return [s for part in document.parts if isinstance(part, Passage) for s in part.sentences]


def texts(name: str, source: str) -> list[str]:
    return [sentence.text for sentence in sentences(Document(name, source))]


# Where sentences end


CASES = [
    line.split("|")
    for line in (FOLDER / "sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0][:40])
def test_a_text_falls_into_its_sentences(case: list[str]) -> None:
    text = " ".join(case)
    assert [text[start:end] for start, end in split(text)] == case


@given(st.text(st.sampled_from("ab .!?…\"'”(1U.S Dr,\n[]"), max_size=80))
def test_sentences_hold_all_of_a_text_but_white_space(text: str) -> None:
    spans = split(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(end <= after for (_, end), (after, _) in pairwise(spans))


# What is prose


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("a.md", "---\nt: Not this.\n---\nThis.\n", ["This."]),
        ("a.md", "+++\nt = 1\n+++\n\nThis.\n", ["This."]),
        ("a.md", "# A *b* c\n\nd\ne\n", ["A b c", "d e"]),
        ("a.md", "A &amp; b\\* c&nbsp;d.\n", ["A & b* c d."]),
        ("a.md", '[a link](http://b.c "Not this.") goes on.', ["a link goes on."]),
        ("a.md", "[a][b] goes.\n\n[b]: http://c.d 'Not.'\n", ["a goes."]),
        ("a.md", "![Not this](b.png) but this.", ["but this."]),
        ("a.md", "~~Not this.~~ This.", ["This."]),
        ("a.md", "    not this\n\n```\nnor this\n```\n\nThis.", ["This."]),
        ("a.md", "> Not this.\n\n> [!NOTE]\n> This.\n", ["This."]),
        ("a.md", "- [x] one\n- two\n  more\n", ["one", "two more"]),
        ("a.md", "|a|b|\n|-|-|\n|c|d e|\n", ["a", "b", "c", "d e"]),
        ("a.md", "A note.[^1]\n\n[^1]: It says.\n", ["A note.", "It says."]),
        ("a.md", "<div>In <b>HTML</b>.</div>\n\n<script>not</script>\n", ["In HTML."]),
        ("a.md", "A <del>not</del> b<br>c.", ["A b c."]),
        ("a.md", "See <https://not.this/> here.", ["See here."]),
        ("a.html", "<p>A&amp;B &#8217; &copy; &bogus; < 3<p>C", ["A&B ’ © &bogus; < 3", "C"]),
        ("a.html", "<title>T</title><nav>not</nav><p>a <i>b</i>c", ["T", "a bc"]),
        ("a.html", "<head><title>T</title><meta x></head>B", ["T", "B"]),
        ("a.html", "<script>a<b>c</script><style>d</style>e", ["e"]),
        ("a.html", "a<br>b<br><br>c", ["a b", "c"]),
        ("a.html", "<p hidden>not</p><p lang=fr>ni</p><p lang=en-GB>this", ["this"]),
        ("a.html", "<blockquote>not</blockquote>this", ["this"]),
        ("a.html", "<ul><li>a<li>b</ul><table><tr><td>c<td>d</table>", ["a", "b", "c", "d"]),
        ("a.html", "It ended.<sup>1</sup> Then more.", ["It ended.", "Then more."]),
        ("a.html", "<p>a</i></b>b</div>c<", ["ab", "c<"]),
        ("a.html", "<!-- not --><![CDATA[ x ]]><?php not ?>this", ["this"]),
        ("a.txt", "One\ntwo.\n\n- three\n- four\n", ["One two.", "three", "four"]),
        ("a.txt", "TITLE\n=====\nText.\n> not\n", ["TITLE", "Text."]),
        ("README", "No end in its name.", ["No end in its name."]),
        (
            "a.rst",
            "A `link <http://b>`_ here::\n\n   not this\n\nThis.",
            ["A link here::", "This."],
        ),
        ("a.rst", ".. code:: x\n\n   not this\n\n.. note::\n   This.\n", ["This."]),
        ("a.rst", ".. a comment\n   goes on\n\nThis.", ["This."]),
    ],
)
def test_prose_is_taken_out_of_its_markup(name: str, source: str, expected: list[str]) -> None:
    assert texts(name, source) == expected


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.md", "It has `125` members."),
        ("a.html", "It has <code>125</code> members."),
        ("a.html", "It cost 10<sup>6</sup> euros."),
        ("a.rst", "It has ``125`` members."),
    ],
)
def test_a_sentence_with_code_in_it_is_not_whole(name: str, source: str) -> None:
    assert [sentence.whole for sentence in sentences(Document(name, source))] == [False]


# Where it stands


def starts_and_ends_as_it_says(document: Document, sentence: Sentence) -> bool:
    """Whether the source at both ends is the sentence's first and last character."""
    source = document.source[sentence.start : sentence.end]
    first = source[0] == sentence.text[0] or source[0] in "&`<:"
    last = source[-1] == sentence.text[-1] or source[-1] in ";`>" or "&" in source
    return first and last


@pytest.mark.parametrize("path", [*CLEAN, *map(FOLDER.joinpath, [f"wrong/{w}" for w in WRONG])])
def test_sentences_stand_where_they_are_said_to(path: Path) -> None:
    document = load(path)
    found = sentences(document)
    assert found
    assert [s for s in found if not starts_and_ends_as_it_says(document, s)] == []
    lines = re.split(r"\r\n|\r|\n", document.source)
    for sentence in found:
        where = document.location(sentence.start, sentence.end)
        assert where.end_line is not None
        assert where.end_column is not None
        line, last = lines[where.line - 1], lines[where.end_line - 1]
        assert line[where.column - 1] == document.source[sentence.start]
        assert last[where.end_column - 2] == document.source[sentence.end - 1]


FRAGMENTS = (
    *"# * - > ` ``` ** ~~ [a](b) ![c](d) [^1] & &amp; &#65; &#x110000; < \\ | é Ü".split(),
    *"<p> </p> <b> <div> <script> </script> <!-- --> <li> <td> <br> <sup> <code> </code>".split(),
    *"<title> <head> <del> <![CDATA[ <?x </ <pre> </blockquote> <blockquote>".split(),
    *("\n", "\n\n", "\r\n", "\r", "\n    ", "\n> ", "---\n", "\n===\n", "::\n\n   ", "\n- [ ] "),
    *(".. note::\n", ".. code:: x\n", "\n[^1]: ", "\n|a|b|\n|-|-|\n", "<!DOCTYPE ", " a b. C d."),
    *(
        "<!-- icc-check: ignore -->",
        "<!-- icc-check: ignore-start[x] -->",
        "\ufeff",
        "\x00",
        "\u2028",
    ),
)
MARKUP = st.lists(st.one_of(st.text(max_size=12), st.sampled_from(FRAGMENTS)), max_size=25).map(
    "".join
)


@settings(max_examples=300, deadline=None)
@given(source=MARKUP, suffix=st.sampled_from(SUFFIXES))
def test_no_document_is_too_strange(source: str, suffix: str) -> None:
    document = Document(f"a{suffix}", source)
    Ignores(document, RULES)
    narrator = Narrator()
    for part in document.parts:
        if isinstance(part, Comment):
            assert 0 <= part.start <= part.end <= len(source)
            continue
        assert len(narrator.own(part)) == len(part.sentences)
        for sentence in part.sentences:
            assert sentence.text
            assert 0 <= sentence.start < sentence.end <= len(source)
            line, column = document.position(sentence.start)
            assert line >= 1
            assert column >= 1


@given(st.lists(st.sampled_from(["Ein Wort.", "Über é.", "A 🙂 b.", "Next one."]), min_size=1))
def test_places_count_characters_and_not_bytes(parts: list[str]) -> None:
    source = "*" + "* *".join(parts) + "*\n"
    found = sentences(Document("a.md", source))
    assert [source[s.start : s.end] for s in found] == parts


# Whose words it holds


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("The lamp has 12 rooms.", True),
        ("Contrary to what many believe, the lamp has 12 rooms.", True),
        ("It is a myth that the lamp has 12 rooms.", True),  # the engine reads the denial
        ('The so-called "Lamp Act" has 12 sections.', True),
        ("Does the lamp have 12 rooms?", False),
        ("The lamp has 12 rooms, he claimed falsely.", False),
        ("Critics say that the lamp has 12 rooms.", False),
        ("According to a viral post, the lamp has 12 rooms.", False),
        ("I believe that the lamp has 12 rooms.", False),
        ("“The lamp has 12 rooms,” the keeper told us.", False),
        ("The lamp should have 12 rooms.", False),
        ("If the lamp had 12 rooms, it would be warm.", False),
        ("Had the lamp 12 rooms, it were warm.", False),
        ("Myth 3: the lamp has 12 rooms.", False),
        ("The claim that the lamp has 12 rooms has been debunked.", False),
    ],
)
def test_only_the_authors_own_statements_count(text: str, asserted: bool) -> None:
    assert is_asserted(text) is asserted


@pytest.mark.parametrize(
    ("source", "own"),
    [
        ("It has 12 rooms. That is false.", [False, False]),
        ("It has 12 rooms. It does not.", [False, True]),
        ("It has 12 rooms. It is not clear why.", [True, True]),
        ("He spoke. “It has 12 rooms. It has 9 lamps,” he added.", [True, False, False]),
        ("# Myths\n\nIt has 12 rooms.\n\n# Rooms\n\nIt has 9.", [False, False, False, True]),
        (
            "# Rooms\n\nThe claims are these:\n\n- It has 12.\n- It has 9.",
            [True, False, False, False],
        ),
        ("The rooms are these:\n\n- It has 12.", [True, True]),
    ],
)
def test_what_stands_around_a_sentence_counts(source: str, own: list[bool]) -> None:
    narrator = Narrator()
    parts = [part for part in Document("a.md", source).parts if isinstance(part, Passage)]
    assert [mine for part in parts for mine in narrator.own(part)] == own


# Comments that ignore


@pytest.mark.parametrize(
    ("source", "ignored"),
    [
        ("a\n\n<!-- icc-check: ignore why -->\n\nb\n\nc", "b"),
        ("a\n\nb <!-- icc-check: ignore --> b\n\nc", "b"),
        ("a\n\n<!-- icc-check: ignore[denied] -->\n\nb\n\nc", "b"),
        ("a\n\n<!-- icc-check: ignore[figure-differs] -->\n\nb\n\nc", ""),
        ("a\n\n<!-- icc-check: ignore[figure-differs, denied] why -->\n\nb\n\nc", "b"),
        (
            "a\n\n<!-- icc-check: ignore-start -->\nb\n\nc\n\n<!-- icc-check: ignore-end -->\nd",
            "bc",
        ),
        ("a\n\nb\n\n<!-- icc-check: ignore-file why -->\n", "ab"),
        ("`<!-- icc-check: ignore -->`\n\nb\n\n    <!-- icc-check: ignore-file -->\n", ""),
        ("<!-- something else: ignore -->\n\nb\n", ""),
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt"])
def test_comments_ignore_what_they_are_about(name: str, source: str, ignored: str) -> None:
    if name == "a.html":
        source = "".join(f"<p>{part}</p>" for part in source.split("\n\n"))
        source = source.replace("<p><!--", "<!--").replace("--></p>", "-->")
    if "`" in source and name != "a.md":
        pytest.skip("only Markdown can show a comment")
    document = Document(name, source)
    ignores = Ignores(document, RULES)
    assert ignores.faults == []
    covered = [s.text[0] for s in sentences(document) if ignores.cover(s.start, "denied")]
    assert "".join(covered) == ignored


def test_a_comment_in_restructuredtext_is_one_of_its_own() -> None:
    document = Document("a.rst", "a\n\n.. icc-check: ignore[denied] why\n\nb\n")
    ignores = Ignores(document, RULES)
    assert [ignores.cover(s.start, "denied") for s in sentences(document)] == [False, True]
    assert list(ignores.unused()) == []


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("ignor", "a.md:3: icc-check comment: 'ignor' is not one of ignore, "),
        ("ignore[denid]", "'denid' is not the name of a rule (did you mean denied?)"),
        ("ignore[]", "'' is not the name of a rule"),
        ("ignore-start", "a.md:3: icc-check comment: has no ignore-end behind it"),
        ("ignore-end", "has no ignore-start before it"),
    ],
)
def test_a_comment_that_is_wrong_is_told(comment: str, message: str) -> None:
    document = Document("a.md", f"a\n\n<!-- icc-check: {comment} -->\n\nb\n")
    faults = [str(fault) for fault in Ignores(document, RULES).faults]
    assert len(faults) == 1
    assert message in faults[0]


def test_a_comment_that_nothing_needs_is_told() -> None:
    ignores = Ignores(Document("a.md", "a\n\n<!-- icc-check: ignore -->\n"), RULES)
    assert [str(told) for told in ignores.unused()] == [
        "a.md:3: icc-check comment: nothing is ignored by this comment; remove it"
    ]


# What is no document


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", b"PK", "a.docx: is no kind of document that is known; these are: .md, "),
        ("a.md", b"\xff\xfea\0", "a.md: is UTF-16; save it as UTF-8"),
        ("a.md", b"a\0b", "a.md: is a binary file, not text"),
        ("a.md", b"ok\nbad \xe9 here", "a.md:2: 0xe9 is not valid UTF-8; save the file as UTF-8"),
        ("a.md", b"a" * (LARGEST + 1), "a.md: is larger than 64 MB; split it"),
    ],
)
def test_what_is_no_document_is_rejected(name: str, content: bytes, message: str) -> None:
    rejected = decode(content, name)
    assert isinstance(rejected, Reject)
    assert str(rejected).startswith(message)


def test_the_mark_of_utf8_takes_no_column() -> None:
    document = decode(b"\xef\xbb\xbfHere.", "a.txt")
    assert isinstance(document, Document)
    assert document.position(sentences(document)[0].start) == (1, 1)


def test_headings_and_items_are_told_apart() -> None:
    parts = Document("a.html", "<h1>A</h1><p>B<ul><li>C</ul>").parts
    assert [p.role for p in parts if isinstance(p, Passage)] == [
        Role.HEADING,
        Role.PROSE,
        Role.ITEM,
    ]


# With the facts that are shipped


@pytest.fixture(scope="module")
def proofreader() -> Proofreader:
    return Proofreader(Checker.load(), WRITTEN)


def judged(document: Document, proofreader: Proofreader) -> list[tuple[Sentence, Finding]]:
    """The sentences that were read and judged."""
    return [(sentence, found) for sentence, found in proofreader.read(document) if found]


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_right_passages_are_not_reported(path: Path, proofreader: Proofreader) -> None:
    found = judged(load(path), proofreader)
    assert [f.claim for _, f in found if f.verdict.is_objection] == []


def test_right_passages_are_many_and_are_judged(proofreader: Proofreader) -> None:
    """So that the test above cannot be passed by looking away."""
    found = [finding for path in CLEAN for _, finding in judged(load(path), proofreader)]
    assert len(CLEAN) >= 20
    assert sum(finding.verdict == "supported" for finding in found) >= 40


@pytest.mark.parametrize("name", WRONG)
def test_wrong_passages_are_reported_where_they_stand(name: str, proofreader: Proofreader) -> None:
    document = load(FOLDER / "wrong" / name)
    found = []
    for sentence, finding in judged(document, proofreader):
        if finding.verdict.is_objection:
            where = finding.location
            assert where is not None
            source = document.source[sentence.start : sentence.end]
            found.append(f"{name}:{where.line}:{where.column} {finding.verdict} {source}")
    # the marks that close emphasis and links stand behind a sentence's last character
    expected = [line for line in EXPECTED if line.startswith(f"{name}:")]
    assert found == expected


@pytest.mark.parametrize(
    ("source", "verdicts"),
    [
        ("The ICC sits in The Hague. It has 152 member states.", ["supported", "refuted"]),
        ("The EU is a union. It has 152 member states.", []),
        ("27 countries are members.", []),
        ("The court has 152 member states.", []),  # which court?
        ("The ICC is a court. The court has 152 member states.", ["refuted"]),
        ("The ICC is a court. The Supreme Court has nine judges.", []),
        ("The ICC is no tribunal for states; the ICJ is. The court has 15 judges.", []),
        ("Ukraine was not a member of the ICC then.", []),
        ("Ukraine is not a member of the ICC.", ["refuted"]),
        ("Unlike the ICC, the ICJ is part of the UN.", []),
        ("x " * 600 + "The ICC is part of the UN.", []),
        # a sentence that was not read may have named another court
        ("The ICC is a court. " + "x " * 600 + "end. The court has 152 member states.", []),
    ],
)
def test_only_what_is_about_the_subject_is_judged(
    source: str, verdicts: list[str], proofreader: Proofreader
) -> None:
    found = [str(finding.verdict) for _, finding in judged(Document("a.txt", source), proofreader)]
    assert [verdict for verdict in found if verdict != "unverified"] == verdicts
