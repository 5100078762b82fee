"""The demo: a fictional province whose three months are played through the portal's own actions.

`story.load` tells it in order; `documents/` holds its papers as text with blanks for the days.
"""
