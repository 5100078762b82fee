"""Import and export of observations."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eduportal.base.numbers import format_number
from eduportal.base.resources import Column, SheetResource
from schools.models import Period, Unit
from schools.queries.administering import units_administered
from targets.actions import enter_figures
from targets.arithmetic import NOT_APPLICABLE
from targets.forms.administering import ObservationForm
from targets.models import Measure, Observation
from targets.queries import values_of


class ObservationResource(SheetResource):
    """Figures of a month, a row for each unit and measure. Those sent already are not changed by a file."""

    title = gettext_lazy("Figures of a month")
    columns = (
        Column(
            "unit",
            gettext_lazy("Unit"),
            required=True,
            aliases=("mã đơn vị", "mã trường"),
            example="NS010002",
        ),
        Column("period", gettext_lazy("Month"), required=True, aliases=("kỳ số liệu",), example="11/2026"),
        Column(
            "measure", gettext_lazy("Measure"), required=True, aliases=("chỉ tiêu",), example="primary.pupils"
        ),
        Column("value", gettext_lazy("Value"), required=True, aliases=("giá trị",), example="512"),
        Column("remark", gettext_lazy("Explanation"), aliases=("ghi chú", "giải trình")),
    )

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.touched: dict[tuple[int, int], tuple[Unit, Period, dict[str, int]]] = {}

    def visible(self) -> Any:
        """What is exported: sent figures. What a school still works on is its own."""
        rows = self.reachable().sent_or_own(self.by.acting_unit.pk)
        return rows.order_by("period__data_from", "unit__sort_key", "measure__position")

    def reachable(self) -> Any:
        """What a row may find, to be shown beside what would take its place."""
        units = units_administered(self.by).values("pk")
        rows = Observation.objects.filter(unit__in=units, breakdown="total")
        return rows.select_related("unit", "measure", "period")

    def find(self, row: dict[str, str]) -> Observation | None:
        form = ObservationForm(row, by=self.by)
        form.full_clean()
        read = getattr(form, "cleaned_data", {})
        if not all(read.get(name) for name in ("unit", "period", "measure")):
            return None
        return self.reachable().filter(**{name: read[name] for name in ("unit", "period", "measure")}).first()

    def form_of(self, data: dict[str, str], instance: Observation | None) -> ObservationForm:
        return ObservationForm(data, by=self.by, initial=self.values_of(instance) if instance else {})

    def key_of(self, form: Any) -> tuple[Any, ...]:
        data = form.cleaned_data
        return data["unit"].short_name, str(data["period"]), data["measure"].code

    def changes(self) -> list[tuple[str, str, str]]:
        """A row without a number, where none is stored, says nothing."""
        if not self.form.initial and self.form.cleaned_data["value"] is None:
            return []
        return super().changes()

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return not import_validation_errors and not self.changes()

    def values_of(self, instance: Observation) -> dict[str, Any]:
        return {
            "unit": instance.unit,
            "period": instance.period,
            "measure": instance.measure,
            "value": instance.figure,
            "remark": instance.remark,
        }

    def said(self, name: str, value: Any) -> str:
        if isinstance(value, Unit | Measure):
            return value.code
        if isinstance(value, Period):
            return f"{value.ordinal:02d}/{value.year}"
        if value is NOT_APPLICABLE:
            return _("not applicable")
        return format_number(value) if isinstance(value, Decimal) else super().said(name, value)

    def write(self, form: Any, instance: Observation | None) -> None:
        data = form.cleaned_data
        unit, period, code = data["unit"], data["period"], data["measure"].code
        values, remarks = {code: data["value"]}, {code: data["remark"]}
        enter_figures(unit=unit, period=period, values=values, remarks=remarks, by=self.by)
        numbers = self.touched.setdefault((unit.pk, period.pk), (unit, period, {}))[2]
        numbers[code] = self.number

    def finish(self) -> Iterator[tuple[int, str, str]]:
        """A figure above the one that bounds it (present above enrolled) shows only when both are written."""
        for unit, period, numbers in self.touched.values():
            yield from above_their_limit(unit, period, numbers)


def above_their_limit(unit: Unit, period: Period, numbers: dict[str, int]) -> Iterator[tuple[int, str, str]]:
    stored = values_of(unit, period)
    measures = Measure.objects.in_bulk(row.measure_id for row in stored.values())
    for row in stored.values():
        row.measure = measures[row.measure_id]
    by_measure: dict[Any, Observation] = {row.measure_id: row for row in stored.values()}
    for code, row in stored.items():
        limit = by_measure.get(row.measure.at_most_id)
        if limit is None or row.value is None or limit.value is None or row.value <= limit.value:
            continue
        number = numbers.get(code) or numbers.get(limit.measure.code)
        if number is not None:
            words = {"measure": row.measure.name, "limit": limit.measure.name}
            yield number, "value", _("“%(measure)s” is above “%(limit)s”.") % words
