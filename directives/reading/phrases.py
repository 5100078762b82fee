"""Single phrases, read with the rules of documents: what the grammar gives without a document around it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .context import Context, SchoolYear
from .dates import Frame
from .deadlines import Place, read_times
from .goals import read_targets
from .mentions import read_mentions
from .model import Deadline, Reference, Target
from .normalise import View
from .recurrences import frequencies_left
from .references import read_references
from .sections import TARGETS

PHRASE = "phrase"


@dataclass(frozen=True)
class PhraseReading:
    """Every time, target and cited document of a phrase."""

    times: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    references: tuple[Reference, ...]

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "dates": [
                {
                    "role": time.role,
                    "start": time.start.isoformat() if time.start else None,
                    "end": time.end.isoformat() if time.end else None,
                }
                for time in self.times
            ],
            "targets": [
                {
                    "comparator": target.comparator,
                    "value": target.value,
                    "value_max": target.value_max,
                    "unit": target.unit,
                }
                for target in self.targets
            ],
            "references": [
                {
                    "number": reference.number,
                    "symbol": reference.symbol,
                    "date": reference.date.isoformat() if reference.date else None,
                }
                for reference in self.references
            ],
        }


def read_phrase(phrase: str, frame: Frame) -> PhraseReading:
    """What stands in a phrase; a count in it is a target, for nothing around it could say so."""
    view = View.of(phrase).folded()
    references, _, taken = read_references(view)
    quoted = bytearray(taken)
    times, _ = read_times(view, Place(PHRASE, None), frame, taken)
    left = frequencies_left(view.key, quoted, taken)
    targets, _ = read_targets(view, PHRASE, TARGETS, left)
    mentions = read_mentions(view, PHRASE, frame, taken)
    return PhraseReading((*times, *mentions), tuple(targets), tuple(references))


def frame_of(said: Mapping[str, Any]) -> Frame:
    """The frame that a phrase was printed in, from its JSON form.

    Keys: ``doc_date`` or ``meeting_date`` (a day or a month), ``school_year`` ("2022-2023"), ``report_month``
    ("2021-11"), ``calendar`` (by school year: its ``opening``).
    """
    dated = said.get("doc_date") or said.get("meeting_date") or ""
    anchor = _day(dated)
    if anchor is None and said.get("doc_year"):
        anchor = datetime.date(said["doc_year"], 1, 1)
    years = tuple(
        replace(SchoolYear.usual(int(name[:4])), opening=datetime.date.fromisoformat(days["opening"]))
        for name, days in (said.get("calendar") or {}).items()
        if "opening" in days
    )
    school_year, report = said.get("school_year"), _day(said.get("report_month") or "")
    return Frame(
        Context(school_years=years),
        anchor=anchor,
        anchor_is_day=len(dated) == len("2026-03-10"),
        school_year_start=int(school_year[:4]) if school_year else None,
        report_month=(report.year, report.month) if report else None,
    )


def _day(text: str) -> datetime.date | None:
    """ "2023-02" is its first day."""
    return (
        datetime.date.fromisoformat(f"{text}-01" if len(text) == len("2023-02") else text) if text else None
    )
