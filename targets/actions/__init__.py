"""Every write to measures, observations and targets."""

from targets.actions.adoption import adopt_target, skip_target, take_up_again
from targets.actions.measures import define_measure, edit_indicator, edit_measure
from targets.actions.observations import HOLDERS, enter_figures, observe, set_status
from targets.actions.setting import AlreadySet, Goal, Origin, remove_target, revise_target, set_target

__all__ = [
    "HOLDERS",
    "AlreadySet",
    "Goal",
    "Origin",
    "adopt_target",
    "define_measure",
    "edit_indicator",
    "edit_measure",
    "enter_figures",
    "observe",
    "remove_target",
    "revise_target",
    "set_status",
    "set_target",
    "skip_target",
    "take_up_again",
]
