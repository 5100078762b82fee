"""The demo: a fictional province whose months are played through the portal's own actions.

`story.load` tells it in order; `data/` holds its units and people as tables, `documents/` its papers as text
with blanks for the days.
"""
