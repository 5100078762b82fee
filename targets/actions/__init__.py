"""Every write to observations and targets."""

from targets.actions.observations import observe, set_status

__all__ = ["observe", "set_status"]
