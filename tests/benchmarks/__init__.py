"""Benchmarks: `./run benchmark NAME` runs one, on generated data of a named size.

Each benchmark is a module of this package with a function `run(report, chosen)`. Imports nothing, so that the
names can be listed before anything is installed.
"""

NAMES = {
    "pages": "each role's pages: time and queries, against the smallest page",
    "jobs": "opening a month, building a briefing, rebuilding the tree, handing out a document",
    "briefings": "briefings of 44 and of 2,000 schools, and of 150 communes by one and two workers",
    "targets": "the board of a province of 2,000 schools while they report, against one SQL sum",
    "periods": "opening a month for 3,500 schools, killed in the middle and opened twice",
    "submissions": "schools that send their month in a second, eight at a time, against one bare statement",
    "weight": "bytes that reach a phone: the month opened for the first time, and pages after it",
    "documents": "a notice of eight pages as PDF, against its bare text, and as Word file",
    "reading": "how many characters of a document are read in a second",
}

WITH_BROKER = {"briefings"}
"""Those that real workers take part in."""
