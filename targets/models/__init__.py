"""Measures and observations, the indicators made of them, and the targets set on those."""

from targets.models.group import SchoolGroup
from targets.models.indicator import Direction, Indicator, IndicatorTerm, IndicatorUnit, Making, Side
from targets.models.measure import Counted, Measure, Observation, ObservationStatus, Reporter
from targets.models.pledge import Pledge, PledgeState
from targets.models.quality import QualityRule
from targets.models.section import FormSection
from targets.models.target import Comparator, SkippedTarget, Target, TargetMention, TargetRevision

__all__ = [
    "Comparator",
    "Counted",
    "Direction",
    "FormSection",
    "Indicator",
    "IndicatorTerm",
    "IndicatorUnit",
    "Making",
    "Measure",
    "Observation",
    "ObservationStatus",
    "Pledge",
    "PledgeState",
    "QualityRule",
    "Reporter",
    "SchoolGroup",
    "Side",
    "SkippedTarget",
    "Target",
    "TargetMention",
    "TargetRevision",
]
