"""Which of a person's postings they act through on this request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from schools.models import Posting

SESSION_KEY = "posting"


class ActingPosting:
    """Sets `request.postings`, all current ones, and `request.posting`, the chosen or first one, or None.

    One query a signed-in request. A posting that has ended is no longer found, so its rights end with its last day.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.postings, request.posting = [], None
        if request.user.is_authenticated:
            current = Posting.objects.on(timezone.localdate()).filter(user=request.user)
            request.postings = list(current.select_related("unit", "user"))
            chosen = request.session.get(SESSION_KEY)
            matching = [posting for posting in request.postings if posting.pk == chosen]
            request.posting = next(iter(matching or request.postings), None)
        return self.get_response(request)
