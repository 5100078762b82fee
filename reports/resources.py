"""Figures of a month out of a spreadsheet, with what is doubtful in them: said before they are taken over."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from reports.labels import doubt_in_words
from reports.queries.doubts import Doubtful, doubts_among, names_of_measures, rules_of
from schools.models import Period, Unit
from targets.models import Measure, Observation
from targets.resources import ObservationResource

Named = Mapping[tuple[str, str], Measure]
"""Measures by level and stem."""


class ReportedFigures(ObservationResource):
    """The same rules of doubt as at the month's form. A file only writes drafts, so none of them stops it."""

    def warnings(self) -> Iterator[tuple[int, str, str]]:
        """Of what the file changes. Five queries for each month in it, and one."""
        measures = names_of_measures() if self.touched else {}
        for period, units in self.units_by_month():
            found = doubts_among(Observation.objects.all(), period, units, rules_of(period))
            for key, one in found:
                unit, numbers = units[key]
                row = row_of(one, numbers, measures)
                if row and not one.remark:
                    number, code = row
                    about = " · ".join([unit.short_name, str(period), code])
                    yield number, about, said_of(one, measures)

    def units_by_month(self) -> list[tuple[Period, dict[int, tuple[Unit, dict[str, int]]]]]:
        """The months that the file speaks of, with its units and the rows of their figures."""
        found: dict[int, tuple[Period, dict[int, tuple[Unit, dict[str, int]]]]] = {}
        for unit, period, numbers in self.touched.values():
            found.setdefault(period.pk, (period, {}))[1][unit.pk] = (unit, numbers)
        return list(found.values())


def row_of(one: Doubtful, numbers: Mapping[str, int], measures: Named) -> tuple[int, str] | None:
    """Row and measure of the figure that is asked about, or of the first beside it that the file holds."""
    rule, level = one.doubt.rule, one.doubt.level
    codes = [measures[level, stem].code for stem in (rule.stem, *rule.others) if (level, stem) in measures]
    return next(((numbers[code], code) for code in codes if code in numbers), None)


def said_of(one: Doubtful, measures: Named) -> str:
    words = doubt_in_words(one, measures)
    if not one.is_serious:
        return words
    return " ".join([words, _("It is not sent without a word of explanation.")])
