"""Figures, indicators and targets for other programmes."""

from targets.api.figures import MeasureView, ObservationView
from targets.api.indicators import IndicatorView
from targets.api.pledges import PledgeView
from targets.api.proposals import ReadTargetView
from targets.api.targets import TargetView

__all__ = ["IndicatorView", "MeasureView", "ObservationView", "PledgeView", "ReadTargetView", "TargetView"]
