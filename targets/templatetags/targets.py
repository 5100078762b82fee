"""What pages show of targets: standings, bullets, lines, and the way to those of a document."""

from typing import Any

from django import template
from django.template.context import Context

from directives.models import Directive
from eduportal.base.templatetags.eduportal import number
from targets import rules
from targets.charts import bullet as bullet_of
from targets.charts import line as line_of
from targets.queries.board import BoardRow
from targets.queries.proposals import adoption_counts
from targets.standing import TargetStanding
from targets.wording import STANDINGS, picture_words, trend_words

register = template.Library()


@register.inclusion_tag("targets/_standing.html")
def target_standing(code: TargetStanding | str, count: int | None = None) -> dict[str, Any]:
    """Sign and word, and how many stand there where it is a count."""
    standing = TargetStanding(code)
    return {"code": standing.value, "word": STANDINGS[standing], "count": count}


@register.inclusion_tag("targets/_bullet.html")
def target_bullet(row: BoardRow, *, on_paper: bool = False) -> dict[str, Any]:
    """Value against target, with a band for the year before. On paper it brings its colours along."""
    indicator = row.target.indicator
    marks = [row.wanted.line] if row.wanted.high is None else [row.wanted.line, row.wanted.high]
    picture = bullet_of(row.value.value, row.before.value, marks, is_rate=indicator.is_rate)
    ends = [f"{number(end)}%" if indicator.is_rate else number(end) for end in (picture.low, picture.high)]
    return {
        "picture": picture,
        "label": picture_words(row),
        "ends": ends,
        "standing": row.standing.value,
        "on_paper": on_paper,
    }


@register.inclusion_tag("targets/_trend.html")
def target_trend(row: BoardRow, *, on_paper: bool = False) -> dict[str, Any]:
    """Two years' months as a line, with the target where it lies in sight. On paper as above."""
    last = row.trend[-1].on if row.trend else row.target.period.data_to
    picture = line_of(row.trend, row.wanted.line, last)
    return {"picture": picture, "label": trend_words(row), "on_paper": on_paper}


@register.inclusion_tag("targets/_adoption_link.html", takes_context=True)
def adoption_link(context: Context, directive: Directive) -> dict[str, Any]:
    """On a document's page: how many targets were read in it, and the way to adopt them. One query.

    Nothing for those who may not adopt, and where none was read.
    """
    posting = getattr(context.get("request"), "posting", None)
    if not rules.may_adopt(posting, directive):
        return {"counts": None}
    return {"counts": adoption_counts(directive), "directive": directive}
