"""Offices and schools, their links, people and recognitions, and the periods of figures."""

from schools.models.period import EACH, Period, PeriodKind
from schools.models.posting import Posting
from schools.models.recognition import StandardLevel, StandardRecognition
from schools.models.structure import Affiliation, LinkKind, OfficeLink, UnitAncestry
from schools.models.unit import (
    DepartmentLevel,
    Letterhead,
    Level,
    Office,
    School,
    SchoolLevel,
    Succession,
    Unit,
    UnitKind,
)

__all__ = [
    "EACH",
    "Affiliation",
    "DepartmentLevel",
    "Letterhead",
    "Level",
    "LinkKind",
    "Office",
    "OfficeLink",
    "Period",
    "PeriodKind",
    "Posting",
    "School",
    "SchoolLevel",
    "StandardLevel",
    "StandardRecognition",
    "Succession",
    "Unit",
    "UnitAncestry",
    "UnitKind",
]
