"""What the month's page reckons from the figures in its fields, while they are typed and when it is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from eduportal.base.numbers import format_number
from targets.arithmetic import plain, rate
from targets.models import Measure

Shown = Mapping[str, Decimal | None]
"""The numbers on the page, by name of the field; those that stand there from last month as well."""

ATTENDING, PUPILS, CLASSES, TEACHERS = "attending", "pupils", "classes", "teachers"


@dataclass(frozen=True)
class Derived:
    """`of`: fields that are added up; `over`: those whose sum these are divided by, if any.

    Of several levels only what is there on both sides is worth a rate, so that nothing is said before all
    fields are filled in. `static/js/figures.js` reckons the same.
    """

    label: str
    of: tuple[str, ...]
    over: tuple[str, ...] = ()
    is_share: bool = False

    def said(self, shown: Shown) -> str:
        """As the page says it, or a dash while something is missing."""
        above, below = total(shown, self.of), total(shown, self.over)
        number = rate(above, below) if self.over else above
        if number is None:
            return "–"
        tenth = (number * 100 if self.is_share else number).quantize(Decimal("0.1"), ROUND_HALF_UP)
        words = format_number(plain(tenth), language=(get_language() or "vi")[:2])
        return f"{words}%" if self.is_share else words


def total(shown: Shown, names: Iterable[str]) -> Decimal | None:
    numbers = [shown.get(name) for name in names]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(numbers) else None


def derived_of_level(measures: Mapping[str, Measure]) -> list[Derived]:
    """Of the figures of one level, by name of their fields: what is a part of another as its share, and how
    many there are to a class and to a teacher."""
    names = {measure.pk: name for name, measure in measures.items()}
    by_stem = {measure.stem: name for name, measure in measures.items()}
    found = []
    for name, measure in measures.items():
        if measure.at_most_id in names:
            label = _("attendance rate") if measure.stem == ATTENDING else measure.name
            found.append(Derived(label, (name,), (names[measure.at_most_id],), is_share=True))
    for stem, label in ((CLASSES, _("pupils per class")), (TEACHERS, _("pupils per teacher"))):
        if stem in by_stem and PUPILS in by_stem:
            found.append(Derived(label, (by_stem[PUPILS],), (by_stem[stem],)))
    return found


def derived_of_all(levels: Iterable[Mapping[str, Measure]]) -> list[Derived]:
    """Of a school of several levels: its classes, pupils and teachers together, and who is present."""
    names: dict[str, list[str]] = {}
    for level in levels:
        for name, measure in level.items():
            names.setdefault(measure.stem, []).append(name)
    labels = {CLASSES: _("classes"), PUPILS: _("pupils"), TEACHERS: _("teachers")}
    found = [
        Derived(label, tuple(names[stem])) for stem, label in labels.items() if len(names.get(stem, ())) > 1
    ]
    if len(names.get(ATTENDING, ())) > 1 and PUPILS in names:
        over = tuple(names[PUPILS])
        found.append(Derived(_("attendance rate"), tuple(names[ATTENDING]), over, is_share=True))
    return found
