"""Documents: what of a file is prose, its sentences, and where exactly each stands.

One module a markup, which has `extract(source)`; nothing here knows the engine. To
add a markup, write its module and list it in `formats.py`.
"""
