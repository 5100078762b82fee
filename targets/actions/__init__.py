"""Every write to measures, observations and targets."""

from targets.actions.adoption import (
    AdoptedAlready,
    adopt_target,
    keep_target,
    revise_for_read,
    skip_target,
    take_up_again,
)
from targets.actions.measures import (
    define_group,
    define_indicator,
    define_measure,
    edit_group,
    edit_indicator,
    edit_measure,
    edit_rule,
    try_formula,
)
from targets.actions.nesting import BeyondTheWhole, place_within
from targets.actions.observations import HOLDERS, Known, enter_figures, observe, set_status
from targets.actions.pledging import (
    Approved,
    approve_pledge,
    approve_pledges,
    change_pledge,
    return_pledge,
    send_pledge,
    withdraw_pledge,
)
from targets.actions.setting import AlreadySet, Goal, Origin, remove_target, revise_target, set_target
from targets.actions.sharing import Shared, share_out

__all__ = [
    "HOLDERS",
    "AdoptedAlready",
    "AlreadySet",
    "Approved",
    "BeyondTheWhole",
    "Goal",
    "Known",
    "Origin",
    "Shared",
    "adopt_target",
    "approve_pledge",
    "approve_pledges",
    "change_pledge",
    "define_group",
    "define_indicator",
    "define_measure",
    "edit_group",
    "edit_indicator",
    "edit_measure",
    "edit_rule",
    "enter_figures",
    "keep_target",
    "observe",
    "place_within",
    "remove_target",
    "return_pledge",
    "revise_for_read",
    "revise_target",
    "send_pledge",
    "set_status",
    "set_target",
    "share_out",
    "skip_target",
    "take_up_again",
    "try_formula",
    "withdraw_pledge",
]
