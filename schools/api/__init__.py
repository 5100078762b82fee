"""Units, periods and recognised schools for other programmes."""

from schools.api.recognitions import RecognitionView
from schools.api.units import PeriodSerializer, PeriodView, UnitRefSerializer, UnitView

__all__ = ["PeriodSerializer", "PeriodView", "RecognitionView", "UnitRefSerializer", "UnitView"]
