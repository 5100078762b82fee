"""What the demo's schools report: figures that move a little from month to month, always the same. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from eduportal.pages.demo.province import Cohort


# Of a hundred pupils of a level, how many are in its last grade.
LAST_GRADE = {"primary": 20, "lower_secondary": 24, "upper_secondary": 33}


def month_figures(school_code: str, cohorts: "Sequence[Cohort]", year: int, month: int) -> dict[str, Decimal]:
    """All figures of each level of a school in a month, by code of the measure, asked or not.

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
            **year_figures(cohort, pupils, seed),
        }
        figures |= {f"{cohort.level}.{stem}": Decimal(count) for stem, count in counts.items()}
    return figures


def year_figures(cohort: "Cohort", pupils: int, seed: int) -> dict[str, int]:
    """What is asked a few times a year: ages, last grades, teachers at standard, classrooms."""
    nursery = pupils * (18 + seed % 9) // 100
    kindergarten = pupils - nursery
    of_age = pupils - seed % 5
    last = pupils * LAST_GRADE.get(cohort.level, 0) // 100
    rooms = cohort.classes + seed % 3
    return {
        "nursery": nursery,
        "kindergarten": kindergarten,
        "five_year_olds": kindergarten * 37 // 100,
        "of_age": of_age,
        "six_in_grade_one": of_age * 19 // 100,
        "final_grade": last,
        "completed": last - seed % 2,
        "graduated": last - seed % 4,
        "teachers_at_standard": (cohort.teachers - 1) * (88 + seed % 12) // 100,
        "classrooms": rooms,
        "solid_classrooms": rooms - seed % 4,
    }
