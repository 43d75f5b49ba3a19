"""What cards and rows are drawn on: a Rich console set up from the look, no more.

Everything that users or stores wrote goes through `visible` and becomes a `Text`,
so that neither markup nor control characters in it are obeyed.
"""

from __future__ import annotations

import re
from io import StringIO

from rich.console import Console, RenderableType
from rich.style import Style
from rich.text import Text

from icc_check.model import Finding, Level, Verdict
from icc_check.report import Look
from icc_check.wording import BASELINE, MARKS, visible

LABEL = Style(dim=True)
STRONG = Style(bold=True)
_PROSE = 108  # columns; longer lines are hard to read
FAULTS = {
    Level.UNANSWERED: "yellow",
    Level.UNCLEAR: "yellow",
    Level.DIFFERENT: "red",
    Level.OPPOSITE: "red",
}
_TRAILING = re.compile(r" +$", re.MULTILINE)
_LINK_ID = re.compile(r"\x1b]8;id=\d+;")


class Canvas:
    """Draws Rich's renderables into strings."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.prose = min(look.width, _PROSE)
        self._console = Console(
            file=StringIO(),
            width=look.width,
            height=100,  # without it Rich ignores the width of a dumb terminal
            force_terminal=look.color,
            color_system="standard" if look.color else None,
            legacy_windows=False,
            highlight=False,
            emoji=False,
            markup=False,
            _environ={},
        )

    def draw(self, *parts: RenderableType, width: int | None = None) -> str:
        """The parts below one another, folded at the width."""
        with self._console.capture() as captured:
            for part in parts:
                self._console.print(part, width=width or self.prose)
        return _tidy(captured.get())

    def draw_whole(self, text: Text) -> str:
        """One line that is never folded: the terminal may wrap it, and still knows it as one."""
        with self._console.capture() as captured:
            self._console.print(text, soft_wrap=True)
        return _tidy(captured.get())

    def verdict(self, verdict: Verdict) -> Text:
        """`✘ refuted` in its colour."""
        mark = MARKS[verdict]
        symbol = mark.symbol if self.look.symbols else mark.ascii
        return Text.assemble((f"{symbol} {verdict}", Style(color=mark.color, bold=True)))

    def mark(self) -> Text:
        """What stands beside the verdict of a finding that a baseline holds."""
        return Text(f"({BASELINE})", LABEL)

    def claim(self, finding: Finding, style: Style = STRONG) -> Text:
        """The claim, with the words that are wrong or not answered underlined."""
        shown = visible(finding.claim)
        text = Text.assemble((shown, style))
        if shown == finding.claim:  # else the places in it have moved
            for detail in finding.details:
                color = FAULTS.get(detail.level)
                if color and detail.start >= 0:
                    text.stylize(Style(color=color, underline=True), detail.start, detail.end)
        return text

    def address(self, url: str, shown: str | None = None) -> Text:
        """A whole address, or what is shown for it, and a link where the terminal knows links."""
        target = visible(url)
        known = self.look.links and target.startswith(("https://", "http://"))
        style = Style(color="blue", underline=True, link=target if known else None)
        return Text.assemble((visible(url if shown is None else shown), style))

    def closing(self, words: str) -> str:
        """The line that sums a run up."""
        return self.draw(Text(words, STRONG))


def _tidy(text: str) -> str:
    """Without Rich's padding, and without its random numbers: same answer, same bytes."""
    return _LINK_ID.sub("\x1b]8;;", _TRAILING.sub("", text))
