"""What the demo's schools and communes report. Pure: the same month always gives the same figures.

The table of schools says how many children there are in the last closed month (`as_of`). All other months
are told from there: a grade moves up every September, the last leaves and a new first arrives; during the
year a few children come and go; winter keeps some at home. In the month of the table its numbers come out
exactly.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from zlib import crc32

from eduportal.pages.demo.tables import Cohort, CommunePlan, SchoolPlan
from reports.figures import Month
from targets.arithmetic import NOT_APPLICABLE, Figure

PRESCHOOL = "preschool"
SEPTEMBER, JULY = 9, 7
GRADES = {PRESCHOOL: 3, "primary": 5, "lower_secondary": 4, "upper_secondary": 3, "continuing": 3}
# How strong an age group is beside the others, by its grade in the year of the table: births decline.
# Grade 0 is still to come; those above the last grade have left.
STRENGTH = {
    PRESCHOOL: (94, 96, 100, 104, 105, 105),
    "primary": (90, 92, 100, 105, 104, 99, 97),
    "lower_secondary": (105, 106, 102, 98, 94, 93),
}
NURSERY_STRENGTH, UPLAND_NURSERY_STRENGTH = 125, 95
# Who comes (+) and goes (-) in a month of the school year: one of these, in a bigger school so much more.
MOVES = {PRESCHOOL: (0, 1, 0, 1, -1, 1, 0)}
OTHER_MOVES = (-1, 0, 1, 0, -1, 0, 1, 0, -1)
PUPILS_A_MOVE = 250
# Present on an average day, of a thousand; in the months of winter fewer, in the uplands twice as much so.
PRESENT = {PRESCHOOL: 940, "primary": 976, "lower_secondary": 970, "upper_secondary": 974, "continuing": 930}
WINTER = {12: 8, 1: 14, 2: 10}
TEACHERS_OF_TEN_CLASSES = {
    PRESCHOOL: 21, "primary": 15, "lower_secondary": 20, "upper_secondary": 23, "continuing": 16
}  # fmt: skip
# Of a thousand children of an age who live in a commune, how many its schools count under a measure: so many
# at least, and up to so many more.
ENROLLED = {
    "age_0_2": ("preschool.nursery", 360, 80),
    "age_3_5": ("preschool.kindergarten", 955, 30),
    "age_5": ("preschool.five_year_olds", 991, 9),
    "age_6_10": ("primary.of_age", 991, 8),
    "age_6": ("primary.six_in_grade_one", 993, 7),
    "age_11_14": ("lower_secondary.of_age", 972, 17),
}

# Of so many communes, all but one meet the standard of universal education.
UNIVERSAL = {
    "preschool_5": 30,
    "primary_2": 20,
    "primary_3": 3,
    "lower_secondary_2": 6,
    "lower_secondary_3": 3,
    "literacy_2": 6,
}


def dice(sides: int, *words: object) -> int:
    """A number below `sides`, always the same for the same words."""
    return crc32(" ".join(map(str, words)).encode()) % sides


def school_year(month: Month) -> int:
    """The year in which the school year of a month began."""
    return month.year if month.month >= SEPTEMBER else month.year - 1


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts of a total, in proportion to weights; they add up to it."""
    shares = [total * weight for weight in weights]
    parts = [share // sum(weights) for share in shares]
    rests = sorted(range(len(parts)), key=lambda place: (-(shares[place] % sum(weights)), place))
    for place in rests[: total - sum(parts)]:
        parts[place] += 1
    return parts


@dataclass(frozen=True)
class Class:
    """The children of one level of a school in one school year: nursery, then grade by grade."""

    nursery: int
    grades: tuple[int, ...]

    @property
    def pupils(self) -> int:
        return self.nursery + sum(self.grades)


class LevelOfSchool:
    """One level of a school: its children as the years go by, and as the months do within a year."""

    def __init__(self, plan: SchoolPlan, cohort: Cohort, as_of: Month) -> None:
        self.cohort, self.as_of = cohort, as_of
        self.level = cohort.level
        self.key = f"{plan.code} {cohort.level}"
        self.is_upland = plan.is_upland
        self.last = GRADES[self.level]
        nursery = [self.nursery_strength()] if self.level == PRESCHOOL else []
        weights = nursery + [self.strength(grade) for grade in range(1, self.last + 1)]
        self.a_child = sum(weights)
        parts = apportion(cohort.pupils, weights)
        self.nursery = parts.pop(0) if nursery else 0
        self.grades = parts

    def nursery_strength(self) -> int:
        usual = UPLAND_NURSERY_STRENGTH if self.is_upland else NURSERY_STRENGTH
        return usual + dice(21, self.key, "nursery") - 10

    def strength(self, grade: int) -> int:
        """How many an age group is, about a hundred: by its birth year, and as chance has it."""
        known = STRENGTH.get(self.level, (100,))
        return known[min(max(grade, 0), len(known) - 1)] + dice(9, self.key, grade) - 4

    def age_group(self, grade: int) -> int:
        """The size of the age group that is in a grade in the year of the table, or will be, or has been."""
        if 1 <= grade <= self.last:
            return self.grades[grade - 1]
        return round(self.cohort.pupils * self.strength(grade) / self.a_child)

    def in_year(self, year: int) -> Class:
        """Who is there when a school year begins."""
        later = year - school_year(self.as_of)
        grades = tuple(self.age_group(grade - later) for grade in range(1, self.last + 1))
        sway = (dice(7, self.key, "nursery", year) - 3) * self.nursery // 100 if later else 0
        return Class(self.nursery + sway, grades)

    def moved(self, month: Month) -> int:
        """How many more or fewer there are than in September, or than in the month of the table."""
        moved = self.moved_since_september(month)
        same_year = school_year(month) == school_year(self.as_of)
        return moved - self.moved_since_september(self.as_of) if same_year else moved

    def moved_since_september(self, month: Month) -> int:
        moves = MOVES.get(self.level, OTHER_MOVES)
        since = (month.month - SEPTEMBER) % 12
        year = school_year(month)
        thrown = sum(moves[dice(len(moves), self.key, year, after)] for after in range(1, since + 1))
        return thrown * self.most_at_once

    @property
    def most_at_once(self) -> int:
        return 1 + self.cohort.pupils // PUPILS_A_MOVE

    def pupils(self, month: Month) -> int:
        return self.in_year(school_year(month)).pupils + self.moved(month)

    def classes(self, month: Month) -> int:
        """As full as in the month of the table."""
        now, then = self.in_year(school_year(month)), self.in_year(school_year(self.as_of))
        return max(1, round(self.cohort.classes * now.pupils / then.pupils))

    def attending(self, month: Month) -> Figure:
        """Nobody is asked how many came in July, but of those that never close for the summer."""
        if month.month == JULY and self.level != PRESCHOOL:
            return NOT_APPLICABLE
        cold = WINTER.get(month.month, 0) * (2 if self.is_upland else 1)
        present = PRESENT[self.level] - cold + dice(12, self.key, month.code)
        return Decimal(self.pupils(month) * present // 1000)

    def teachers(self, month: Month) -> int:
        """Now and then one is away for a month."""
        posts = ceil(self.cohort.classes * TEACHERS_OF_TEN_CLASSES[self.level] / 10) + dice(3, self.key)
        return posts - (dice(6, self.key, "away", month.code) == 0)


def level_figures(level: LevelOfSchool, month: Month) -> dict[str, Figure]:
    """Every figure of one level in a month, by stem of the measure, asked or not."""
    children = level.in_year(school_year(month))
    pupils, teachers = level.pupils(month), level.teachers(month)
    first, last = children.grades[0], children.grades[-1]
    nursery = pupils - sum(children.grades) if level.level == PRESCHOOL else 0
    of_age = pupils - pupils * dice(15, level.key, "age") // 1000
    rooms = level.cohort.classes + dice(3, level.key, "rooms")
    counts = {
        "classes": level.classes(month),
        "pupils": pupils,
        "teachers": teachers,
        "nursery": nursery,
        "kindergarten": sum(children.grades),
        "five_year_olds": last,
        "of_age": of_age,
        "six_in_grade_one": first - dice(3, level.key, "six"),
        "final_grade": last,
        "completed": last - dice(2, level.key, "completed"),
        "graduated": last - dice(4, level.key, "graduated"),
        "teachers_at_standard": teachers * (88 + dice(12, level.key, "standard")) // 100,
        "classrooms": rooms,
        "solid_classrooms": rooms - dice(4, level.key, "solid") * rooms // 20,
    }
    counts |= at_the_end_of_the_year(level, pupils, children.grades, teachers)
    return {stem: Decimal(count) for stem, count in counts.items()} | {"attending": level.attending(month)}


def at_the_end_of_the_year(
    level: LevelOfSchool, pupils: int, grades: Sequence[int], teachers: int
) -> dict[str, int]:
    """What is asked in June only: results, boarding, and what a school has or does (1) or not (0)."""

    def part(of: int, least: int, stem: str) -> int:
        """So many of a hundred at least, and up to all."""
        return of * (least + dice(101 - least, level.key, stem)) // 100

    def has(stem: str, out_of: int = 12) -> int:
        """Nearly all have it."""
        return int(dice(out_of, level.key, stem) > 0)

    older = sum(grades[2:])
    passed, studied = part(pupils, 97, "conduct"), part(pupils, 95, "study")
    completed = part(pupils, 98, "result")
    in_need = pupils * (20 if level.is_upland else 4) // 100
    return {
        "boarding_meals": part(pupils, 90, "meals"),
        "cooking": has("cooking"),
        "assessed": pupils,
        "result_complete": completed,
        "result_good": part(completed, 45, "good") * 3 // 4,
        "grades_3_to_5": older,
        "at_main_site": part(older, 96, "site"),
        "english_teachers": has("english", 8),
        "foreign_language": has("foreign", 20),
        "two_sessions": has("sessions", 20),
        "enough_teachers": has("enough", 6),
        "conduct_pass": passed,
        "conduct_good": part(passed, 90, "conduct good"),
        "study_pass": studied,
        "study_good": part(studied, 50, "study good") * 3 // 4,
        "quota_10": grades[0],
        "admitted_10": grades[0] - dice(6, level.key, "quota"),
        "boarding_need": in_need,
        "boarding_places": part(in_need, 60, "places"),
        "digital_platform": has("platform"),
        "teachers_pledged": teachers - dice(2, level.key, "pledged"),
    }


def month_figures(plan: SchoolPlan, month: Month, as_of: Month) -> dict[str, Figure]:
    """Every figure of a school in a month, by code of the measure, asked or not."""
    return {
        f"{cohort.level}.{stem}": figure
        for cohort in plan.cohorts
        for stem, figure in level_figures(LevelOfSchool(plan, cohort, as_of), month).items()
    }


def population_figures(
    commune: CommunePlan, schools: Sequence[SchoolPlan], month: Month, as_of: Month
) -> dict[str, Figure]:
    """The children who live in a commune, by code of the measure: so many that rates are plausible.

    `schools` are the commune's. The rates hold for a school year.
    """
    enrolled: Counter[str] = Counter()
    for plan in schools:
        figures = month_figures(plan, month, as_of)
        enrolled.update({code: int(value) for code, value in figures.items() if isinstance(value, Decimal)})
    year = school_year(month)
    residents: dict[str, Figure] = {
        f"population.{age}": Decimal(resident(enrolled[code], least, more, commune.key, age, year))
        for age, (code, least, more) in ENROLLED.items()
    }
    return residents | {
        f"universal.{stem}": Decimal(dice(sides, commune.key, stem) > 0) for stem, sides in UNIVERSAL.items()
    }


def resident(enrolled: int, least: int, more: int, *words: object) -> int:
    """How many live where so many are enrolled, at `least` to `least + more` of a thousand."""
    return ceil(enrolled * 1000 / (least + dice(more + 1, *words)))
