"""What the demo's schools report: figures that move a little from month to month, always the same. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from eduportal.pages.demo.province import Cohort


def month_figures(school_code: str, cohorts: "Sequence[Cohort]", year: int, month: int) -> dict[str, Decimal]:
    """The four figures of each level of a school in a month, by code of the measure.

    Pupils come and go by up to four a month about the usual number; 96 to 99 of a hundred are present on an
    average day; now and then a teacher is away for the month.
    """
    figures: dict[str, Decimal] = {}
    index = year * 12 + month
    for cohort in cohorts:
        seed = crc32(f"{school_code} {cohort.level}".encode())
        pupils = cohort.pupils + (seed + 3 * index) % 7 - 3
        present = 968 + (seed // 7 + 5 * index) % 18
        away = 1 if (seed + index) % 5 == 0 else 0
        counts = {
            "classes": cohort.classes,
            "pupils": pupils,
            "attending": pupils * present // 1000,
            "teachers": cohort.teachers - away,
        }
        figures |= {f"{cohort.level}.{stem}": Decimal(count) for stem, count in counts.items()}
    return figures
