"""Which posting a request acts through."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from accounts.models import RoleCode
from schools import actions
from schools.middleware import SESSION_KEY, ActingPosting
from tests.factories import OPENED

NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)


@pytest.fixture
def request_of(db):
    """A request of a user that has passed the middleware, with the clock at noon of 22/11/2026."""

    def passed(user, session=None):
        request = RequestFactory().get("/")
        request.user, request.session = user, session or {}
        with time_machine.travel(NOON, tick=False):
            return ActingPosting(lambda passed_on: passed_on)(request)

    return passed


@pytest.fixture
def second(cast, province):
    """The commune officer also keeps the preschool's office."""
    return actions.post(
        user=cast.commune_officer.user,
        unit=province.orchid_preschool,
        role=RoleCode.CLERK,
        valid_from=OPENED + dt.timedelta(days=1),
        by=None,
    )


def test_a_visitor_has_none_and_is_not_looked_up(request_of, django_assert_num_queries):
    with django_assert_num_queries(0):
        request = request_of(AnonymousUser())
    assert (request.postings, request.posting) == ([], None)


def test_the_only_one(cast, request_of):
    request = request_of(cast.principal.user)
    assert (request.postings, request.posting) == ([cast.principal], cast.principal)


def test_of_several_the_first_until_another_is_chosen(cast, request_of, second):
    user = cast.commune_officer.user
    assert request_of(user).postings == [cast.commune_officer, second]
    assert request_of(user).posting == cast.commune_officer
    assert request_of(user, {SESSION_KEY: second.pk}).posting == second


def test_a_chosen_one_that_has_ended_falls_back(cast, request_of, second):
    actions.end_posting(posting=second, last_day=dt.date(2026, 11, 21), by=None)
    request = request_of(cast.commune_officer.user, {SESSION_KEY: second.pk})
    assert (request.postings, request.posting) == ([cast.commune_officer], cast.commune_officer)


def test_somebody_elses_cannot_be_chosen(cast, request_of):
    assert request_of(cast.clerk.user, {SESSION_KEY: cast.leader.pk}).posting == cast.clerk


def test_after_the_last_day_there_is_none(cast, request_of):
    actions.end_posting(posting=cast.clerk, last_day=dt.date(2026, 11, 21), by=None)
    assert request_of(cast.clerk.user).posting is None


def test_one_query_however_many_postings(cast, request_of, second, django_assert_num_queries):
    for user in (cast.clerk.user, cast.commune_officer.user):
        with django_assert_num_queries(1):
            for posting in request_of(user).postings:
                assert posting.unit.name
                assert posting.actor_name
