"""What comes out of a file."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Warning


@dataclass(frozen=True)
class Extracted:
    """``text`` is to be kept and read. ``margins`` is what stood around it on every page and was dropped.

    ``warnings`` say what a person should know: tables_as_lines, text_boxes, tracked_changes,
    footnotes_at_end, attachments_not_read (with their names), pages_without_text (with their numbers),
    legacy_converted (with the name of the code).
    """

    text: str
    warnings: tuple[Warning, ...] = ()
    margins: str = ""
