"""Background work on what other programmes leave behind."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.tokens import forget_old_answers
from trail.kinds import Progress, daily, job_kind


@job_kind("accounts.forget_answers", label=_("Forget old answers to other programmes"), every=daily(hour=3))
def forget_answers(progress: Progress) -> dict[str, Any]:
    """Each night; running twice forgets nothing more."""
    return {"forgotten": forget_old_answers(timezone.now())}
