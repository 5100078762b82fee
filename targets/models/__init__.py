"""Measures and observations, the indicators made of them, and the targets set on those."""

from targets.models.indicator import Direction, Indicator, IndicatorTerm, IndicatorUnit, Making, Side
from targets.models.measure import Measure, Observation, ObservationStatus, Reporter
from targets.models.target import Comparator, SkippedTarget, Target, TargetRevision

__all__ = [
    "Comparator",
    "Direction",
    "Indicator",
    "IndicatorTerm",
    "IndicatorUnit",
    "Making",
    "Measure",
    "Observation",
    "ObservationStatus",
    "Reporter",
    "Side",
    "SkippedTarget",
    "Target",
    "TargetRevision",
]
