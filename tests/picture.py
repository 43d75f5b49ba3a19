"""Draws what a terminal shows, for the README: with Rich, as one SVG in one file."""

from __future__ import annotations

import html
from io import StringIO

from rich.console import Console
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

COLUMNS = 80
_PROMPT = Style(color="bright_black", bold=True)
_COMMAND = Style(bold=True)
# Rich's own, without letters from the web, and with words for those who cannot see it.
_FORMAT = """\
<svg viewBox="0 0 {{width}} {{height}}" xmlns="http://www.w3.org/2000/svg" role="img" \
aria-labelledby="{{unique_id}}-words">
<title id="{{unique_id}}-words">{words}</title>
<style>
.{{unique_id}}-matrix {{{{
  font: {{char_height}}px/{{line_height}}px "DejaVu Sans Mono", Menlo, Consolas, monospace;
}}}}
.{{unique_id}}-title {{{{ font: bold 18px sans-serif; }}}}
{{styles}}
</style>
<defs>
<clipPath id="{{unique_id}}-clip-terminal">
<rect x="0" y="0" width="{{terminal_width}}" height="{{terminal_height}}"/>
</clipPath>
{{lines}}
</defs>
{{chrome}}
<g transform="translate({{terminal_x}}, {{terminal_y}})" \
clip-path="url(#{{unique_id}}-clip-terminal)">
{{backgrounds}}
<g class="{{unique_id}}-matrix">
{{matrix}}
</g>
</g>
</svg>
"""


def drawn(title: str, words: str, sessions: dict[str, str]) -> str:
    """The commands, and what a terminal in colour showed of each."""
    console = Console(
        file=StringIO(),
        width=COLUMNS,
        height=100,
        record=True,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        highlight=False,
        _environ={},
    )
    for number, (command, shown) in enumerate(sessions.items()):
        if number:
            console.print()
        console.print(Text.assemble(("$ ", _PROMPT), (command, _COMMAND)))
        console.print(Text.from_ansi(shown.rstrip("\n")))
    svg = console.export_svg(
        title=title,
        theme=SVG_EXPORT_THEME,
        code_format=_FORMAT.format(words=html.escape(words)),
        unique_id="terminal",
    )
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"
