"""What the figures of a level are called on pages."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from eduportal.base.numbers import format_number
from eduportal.base.sheet_fields import in_all_languages
from eduportal.base.sheet_fields import plain as compared
from schools.models import Level
from targets.arithmetic import Change, change, plain
from targets.quality import Check

if TYPE_CHECKING:
    from reports.queries.doubts import Doubtful
    from targets.models import Measure

LABELS = {
    "classes": _("Classes"),
    "pupils": _("Pupils"),
    "teachers": _("Teachers"),
    "attendance_rate": _("Attendance"),
}
PUPILS = {"preschool": _("Children"), "continuing": _("Learners")}


def figure_label(level: str, stem: str) -> Any:
    """The name of a figure: who is taught is called differently by level."""
    return PUPILS.get(level, LABELS["pupils"]) if stem == "pupils" else LABELS[stem]


def level_in_words(level: str) -> str:
    """A level of teaching; what communes count has none."""
    return str(Level(level).label) if level else gettext("population of school age")


def in_its_level(measure: "Measure") -> str:
    """A figure's name, with the level where it has one."""
    if not measure.level:
        return measure.name
    words = gettext("%(measure)s (%(level)s)")
    return words % {"measure": measure.name, "level": measure.get_level_display()}


CHECKED = _("Checked before sending: the figure is right.")
"""What the portal notes at a doubtful figure that was sent as it is, its warning seen and no reason given."""


def is_only_checked(remark: str) -> bool:
    """Whether a remark says no more than that somebody looked, in whatever language it was noted."""
    return compared(remark) in in_all_languages(CHECKED)


DOUBTS = {
    Check.NOT_ZERO: _("%(figure)s: none, while there are %(found)s pupils or children."),
    Check.RATIO: _("%(figure)s over %(other)s: %(found)s; usual are %(least)s to %(most)s."),
    Check.PARTS: _("%(others)s come to %(found)s, and the whole is %(now)s."),
    Check.TAUGHT: _("The register says that this level is taught; nobody is reported."),
    Check.JUMP: _("%(figure)s: %(now)s after %(found)s in the period before."),
}


def doubt_in_words(one: "Doubtful", measures: Mapping[tuple[str, str], "Measure"]) -> str:
    """What is doubtful, with its numbers. `measures` by level and stem, for their names."""
    rule, level = one.doubt.rule, one.doubt.level

    def name(stem: str) -> str:
        return measures[level, stem].name if (level, stem) in measures else stem

    now = one.figures.get(rule.stem)
    return str(DOUBTS[rule.check]) % {
        "figure": name(rule.stem),
        "other": name(rule.others[0]) if rule.others else "",
        "others": " + ".join(name(stem) for stem in rule.others),
        "found": format_number(rounded(one.doubt.found)),
        "now": format_number(now) if isinstance(now, Decimal) else _("not applicable"),
        "least": format_number(plain(rule.least or Decimal(0))),
        "most": format_number(plain(rule.most or Decimal(0))),
    }


def warning_at_figure(one: "Doubtful", measures: Mapping[tuple[str, str], "Measure"]) -> str:
    """A doubt where the figure is filled in, and what to do about it."""
    words = doubt_in_words(one, measures)
    if one.doubt.rule.check == Check.JUMP:
        jump = change(one.figures.get(one.doubt.rule.stem), one.doubt.found)
        if jump is None:
            return ""
        words = jump_in_words(jump)
    asked = gettext("Please check; if it is right, say why.")
    if one.is_serious:
        asked = gettext("Correct it; if it is right, say why.")
    return f"{words} {asked}"


def jump_in_words(jump: Change) -> str:
    """How far a figure is from last month's."""
    words = {"previous": format_number(jump.previous), "share": share_in_words(jump)}
    if jump.previous == 0:
        return gettext("In the period before it was 0.")
    if jump.difference > 0:
        return gettext("%(share)s more than in the period before (%(previous)s).") % words
    return gettext("%(share)s less than in the period before (%(previous)s).") % words


def share_in_words(jump: Change) -> str:
    return f"{format_number(round(abs(jump.share or Decimal(0)) * 100))}%"


def rounded(number: Decimal | None) -> Decimal:
    return plain((number or Decimal(0)).quantize(Decimal("0.1")))
