"""The figures of a month that want a second look, by unit, with what was said to them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.labels import is_only_checked
from reports.models import MonthlyReport
from reports.models.monthly import MonthlyReportQuerySet
from reports.queries.monthly import FigureLine, period_before
from schools.models import Period, SchoolLevel
from targets.arithmetic import NOT_APPLICABLE, Figure, plain
from targets.models import Counted, Measure, Observation, QualityRule
from targets.models.measure import ObservationQuerySet
from targets.quality import Doubt, Rule, doubts_of

OfLevels = dict[tuple[int, str], dict[str, Figure]]
"""Figures by unit and level, and by stem."""


@dataclass(frozen=True)
class Doubtful:
    """A doubt about a unit's figures of a level. `remarks`: what the unit said to them, by stem."""

    doubt: Doubt
    figures: Mapping[str, Figure]
    remarks: Mapping[str, str]

    @property
    def is_serious(self) -> bool:
        return self.doubt.rule.is_serious

    @property
    def remark(self) -> str:
        """The word of explanation at the figure itself, or at one beside it.

        Why figures contradict each other is not said by somebody's having looked at one of them.
        """
        rule = self.doubt.rule
        said = [self.remarks.get(stem, "") for stem in (rule.stem, *rule.others)]
        return next((one for one in said if one and not (self.is_serious and is_only_checked(one))), "")


@dataclass(frozen=True)
class DoubtfulReport(Doubtful):
    """One in a list over many reports."""

    report: MonthlyReport


def rules_of(period: Period) -> list[Rule]:
    """The rules of doubt in force at the end of a period. One query."""
    return QualityRule.objects.on(period.data_to).as_rules()


# --- of one report ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """A figure of a report with its explanation: as it is stored, or as somebody types it."""

    figure: Figure
    remark: str


def stored_answer(line: FigureLine) -> Answer:
    return Answer(line.figure, line.remark)


def doubts_at(
    lines: Iterable[FigureLine],
    rules: Sequence[Rule],
    answer: Callable[[FigureLine], Answer] = stored_answer,
) -> dict[str, list[Doubtful]]:
    """What is doubtful in the figures of one report, by code of the measure at which it is asked about.

    Without queries. Every level that a report asks for is one that its unit teaches.
    """
    by_level: dict[str, dict[str, FigureLine]] = {}
    for line in lines:
        if line.measure.counts != Counted.YES:  # from no to yes is no jump
            by_level.setdefault(line.measure.level, {})[line.measure.stem] = line
    found: dict[str, list[Doubtful]] = {}
    for level, of_level in by_level.items():
        answers = {stem: answer(line) for stem, line in of_level.items()}
        figures = {stem: one.figure for stem, one in answers.items()}
        remarks = {stem: one.remark for stem, one in answers.items()}
        before = {stem: line.previous for stem, line in of_level.items()}
        for doubt in doubts_of(level, figures, before, rules):
            code = of_level[doubt.rule.stem].measure.code
            found.setdefault(code, []).append(Doubtful(doubt, figures, remarks))
    return found


def unexplained(doubts: Mapping[str, Iterable[Doubtful]], *, serious: bool) -> list[str]:
    """The measures, by code, at which a doubt of that severity has no word of explanation."""
    return [
        code
        for code, here in doubts.items()
        if any(one.is_serious is serious and not one.remark for one in here)
    ]


# --- of many reports ----------------------------------------------------------------------------------------


def doubtful(reports: MonthlyReportQuerySet, period: Period) -> list[DoubtfulReport]:
    """What is doubtful in the reports of a month that are in, by office and unit. Six queries at most."""
    rules = rules_of(period)
    rows = reports.received().filter(period=period).select_related("unit", "office", "period")
    listed = {row.unit_id: row for row in rows.order_by("office__sort_key", "unit__sort_key", "pk")}
    if not rules or not listed:
        return []
    counting = Observation.objects.counting()
    return [
        DoubtfulReport(one.doubt, one.figures, one.remarks, listed[unit])
        for unit, one in doubts_among(counting, period, listed, rules)
    ]


def doubts_among(
    rows: ObservationQuerySet, period: Period, units: Collection[int], rules: Sequence[Rule]
) -> Iterator[tuple[int, Doubtful]]:
    """What is doubtful in a month's figures of these units, by unit in their order and by level.

    `rows`: which figures of the month are meant; those of the month before are what counts of it. What
    communes count is of no level. Four queries.
    """
    before = period_before(period)
    now, remarks = figures_of(rows, period, units, rules)
    former = figures_of(Observation.objects.counting(), before, units, rules)[0] if before else {}
    taught = levels_taught(units, period)
    for unit in units:
        for level in taught.get(unit, [""]):
            figures = now.get((unit, level), {})
            for doubt in doubts_of(level, figures, former.get((unit, level), {}), rules):
                yield unit, Doubtful(doubt, figures, remarks.get((unit, level), {}))


def figures_of(
    rows: ObservationQuerySet, period: Period, units: Iterable[int], rules: Iterable[Rule]
) -> tuple[OfLevels, dict[tuple[int, str], dict[str, str]]]:
    """These units' figures in a month, as far as rules look at them, and the remarks. One query."""
    rows = rows.filter(period=period, unit__in=list(units), breakdown="total")
    rows = rows.exclude(measure__counts=Counted.YES)
    stems = {stem for rule in rules for stem in (rule.stem, *rule.others)}
    if "" not in stems:
        rows = rows.filter(measure__stem__in=stems)
    found: OfLevels = {}
    remarks: dict[tuple[int, str], dict[str, str]] = {}
    columns = ("unit", "measure__level", "measure__stem", "value", "remark")
    for unit, level, stem, value, remark in rows.order_by("measure__position").values_list(*columns):
        found.setdefault((unit, level), {})[stem] = NOT_APPLICABLE if value is None else plain(value)
        if remark:
            remarks.setdefault((unit, level), {})[stem] = remark
    return found, remarks


def levels_taught(units: Iterable[int], period: Period) -> dict[int, list[str]]:
    """The levels that the register knows of schools at a month's end. One query."""
    found: dict[int, list[str]] = {}
    rows = SchoolLevel.objects.on(period.data_to).filter(school__in=list(units)).order_by("pk")
    for school, level in rows.values_list("school", "level"):
        found.setdefault(school, []).append(level)
    return found


def names_of_measures() -> dict[tuple[str, str], Measure]:
    """Measures by level and stem, for words. One query."""
    return {(one.level, one.stem): one for one in Measure.objects.all()}
