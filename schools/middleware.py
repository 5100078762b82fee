"""Which of a person's postings they act through on this request."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from schools.models import Posting

SESSION_KEY = "posting"


class ActingRequest(HttpRequest):
    """A request as views get it: `postings` are the current ones, `posting` the chosen or first, or None.

    `posting` is typed as Any because rules take None as well and refuse it; what passes a rule is a posting.
    """

    postings: list[Posting]
    posting: Any
    htmx: HtmxDetails


class ActingPosting:
    """Makes every request an ActingRequest.

    One query a signed-in request. A posting that has ended is not found, so rights end with its last day.
    """

    def __init__(self, get_response: Callable[[ActingRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: ActingRequest) -> HttpResponse:
        request.postings, request.posting = [], None
        if request.user.is_authenticated:
            current = Posting.objects.on(timezone.localdate()).filter(user=request.user)
            request.postings = list(current.select_related("unit"))
            for posting in request.postings:
                posting.user = request.user
            chosen = request.session.get(SESSION_KEY)
            matching = [posting for posting in request.postings if posting.pk == chosen]
            request.posting = next(iter(matching or request.postings), None)
        return self.get_response(request)
