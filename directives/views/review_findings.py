"""What the review page says of the document as a whole: its bases, what is doubtful, what is blank."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directives.models import Directive, Reference, Task
from directives.wording import explain_doubt, item_name, said_of

# --- where it comes from ------------------------------------------------------------------------------------


def bases_of(
    directive: Directive, cited: Iterable[tuple[Reference, Directive | None]]
) -> list[dict[str, Any]]:
    """What the document is founded on, as printed, each with who issued it and the document here, if any."""
    read = {one["span"][0]: one for one in directive.reading.get("references", []) if one.get("is_basis")}
    return [
        {"reference": reference, "known": known, "issuer": read[reference.span_start].get("issuer") or ""}
        for reference, known in cited
        if reference.span_start in read
    ]


# --- doubts -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Doubted:
    """Something to look at: where to go, what it is called there, and why."""

    href: str
    name: str
    reasons: list[str]


def doubts_of_items(tasks: Iterable[Task]) -> list[Doubted]:
    return [
        Doubted(
            f"#i{task.pk}",
            item_name(task),
            [explain_doubt(doubt["code"], doubt.get("text", "")) for doubt in task.doubts],
        )
        for task in tasks
    ]


def doubts_of_document(directive: Directive) -> list[Doubted]:
    """What is doubtful about the document as a whole, and not settled in its head by now."""
    settled = {
        "number_blank": bool(directive.number) or directive.written_here,
        "number_missing": bool(directive.number) or directive.written_here,
        "date_incomplete": directive.issued_on is not None or directive.written_here,
        "date_missing": directive.issued_on is not None or directive.written_here,
        "type_unknown": directive.kind != "other",
        # Said at the item itself.
        "number_out_of_sequence": True,
    }
    fields = {"number": "#id_number", "date": "#id_issued_on", "type": "#id_kind"}
    found: dict[str, Doubted] = {}
    for doubt in directive.reading.get("doubts", []):
        if settled.get(doubt["code"], False):
            continue
        start, end = doubt["span"] or (None, 0)
        said = said_of(doubt, " ".join(directive.text[start or 0 : end].split())[:120])
        words = explain_doubt(doubt["code"], said)
        place = f"#c{start}" if start is not None else ""
        found.setdefault(words, Doubted(fields.get(doubt["code"].partition("_")[0], place), "", [words]))
    return list(found.values())


def blanks_of(directive: Directive) -> list[str]:
    """Parts of the head that are still empty and must not be when the document is issued."""
    if directive.written_here:
        return [] if directive.subject else [_("subject")]
    parts = [
        (_("number"), directive.number),
        (_("date"), directive.issued_on),
        (_("subject"), directive.subject),
    ]
    return [label for label, value in parts if not value]
