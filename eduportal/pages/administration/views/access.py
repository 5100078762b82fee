"""Getters that authorise: what is handed out may be touched."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from eduportal.base.resources import SheetResource
from eduportal.pages.administration.sheets import RESOURCES
from schools import rules
from schools.middleware import ActingRequest
from schools.models import Posting
from schools.queries.administering import accounts_administered, accounts_seen


def administrator(request: ActingRequest) -> Posting:
    """The posting through which an administrator acts; 403 to everybody else."""
    if not rules.may_administer(request.posting):
        raise PermissionDenied
    return request.posting


def account_seen(request: ActingRequest, pk: int) -> Any:
    return get_object_or_404(accounts_seen(administrator(request)), pk=pk)


def account_administered(request: ActingRequest, pk: int) -> Any:
    """404 for whom one does not see, 403 for who also works beyond one's units."""
    account = account_seen(request, pk)
    if not accounts_administered(request.posting).filter(pk=pk).exists():
        raise PermissionDenied
    return account


def resource_named(request: ActingRequest, name: str) -> SheetResource:
    posting = administrator(request)
    if name not in RESOURCES:
        raise Http404
    return RESOURCES[name](by=posting)
