"""Reading: from a text to typed details, each with its place in the text.

Claims and facts go through the same reader. One module a kind of detail:
`numbers`, `dates`, `names` (entities and concepts), `polarity`, `stance`
(mood, tense, attribution); `clauses` splits compound claims; `reader` joins them.
"""
