"""Accounts: who has one, what they are called, where they work; first passwords on paper."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import close_account, edit_account, reopen_account
from eduportal.base.acting import or_say, or_say_in
from eduportal.base.errors import EditConflict, Refused
from eduportal.pages.administration import queries
from eduportal.pages.administration.forms import AccountForm, EndForm
from eduportal.pages.administration.views.access import account_administered, account_seen, administrator
from eduportal.pages.administration.wording import EVENTS
from schools.actions import end_posting
from schools.actions.accounts import (
    Letter,
    issue_letter,
    issue_letters,
    open_account_with_posting,
    open_school_accounts,
)
from schools.actions.postings import post_from_to, remove_posting
from schools.forms.postings import PostingFields
from schools.middleware import ActingRequest
from schools.queries.administering import accounts_administered, needs, postings_administered
from schools.resources import PersonForm
from trail.models import AuditEvent

PAGE = 50
# Letters that are made, and printed, in one go.
MOST_LETTERS = 100


@require_safe
def people(request: ActingRequest) -> HttpResponse:
    """Everybody who works in the administrator's units; the counts of the home page lead here by `need`."""
    posting, today = administrator(request), timezone.localdate()
    need = request.GET.get("need", "")
    q = request.GET.get("q", "").strip()
    found = queries.people(posting, today, q=q, need=need)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "q": q, "need": need, "most": MOST_LETTERS, "today": today}
    return render(request, "administration/people.html", context)


@require_safe
def units_without_people(request: ActingRequest) -> HttpResponse:
    units = needs(administrator(request), timezone.localdate()).units_without_people
    page = Paginator(units.order_by("sort_key", "pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "administration/units_without_people.html", {"page_obj": page})


# --- one person -------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def person(request: ActingRequest, pk: int) -> HttpResponse:
    """An account with its postings. Posted to, name and contact are corrected."""
    account = account_administered(request, pk) if request.method == "POST" else account_seen(request, pk)
    form = account_form(request, account)
    if request.method == "POST" and form.is_valid() and saved(request, account, form):
        messages.success(request, _("Saved."))
        return redirect("administration:person", pk)
    return person_page(request, account, form, PostingFields(by=request.posting))


def account_form(request: ActingRequest, account: Any) -> AccountForm:
    names = ("username", "full_name", "phone", "email", "version")
    form = AccountForm(request.POST or None, initial={name: getattr(account, name) for name in names})
    form.account = account
    return form


def saved(request: ActingRequest, account: Any, form: AccountForm) -> bool:
    """Whether the correction was written; if not, the form says why and keeps what was typed."""
    data = form.cleaned_data
    try:
        edit_account(user=account, **data, by=request.posting, unit_id=request.posting.unit_id)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
    except EditConflict as conflict:
        stored = conflict.current
        words = {"name": stored.full_name, "phone": stored.phone or "–", "email": stored.email or "–"}
        form.add_error(
            None,
            _(
                "Somebody saved this account since you opened it. Stored now: %(name)s, "
                "%(phone)s, %(email)s."
                " "
                "Your entries are still below; save again to put them in their place."
            )
            % words,
        )
        typed: Any = request.POST.copy()
        typed["version"] = stored.version
        form.data = typed
    else:
        return True
    return False


def person_page(request: ActingRequest, account: Any, form: Any, posting_form: Any) -> HttpResponse:
    postings = account.postings.select_related("unit").order_by("-valid_from", "-pk")
    own = set(postings_administered(request.posting).filter(user=account).values_list("pk", flat=True))
    history = AuditEvent.objects.about(account)[:20]
    context = {
        "account": account,
        "form": form,
        "posting_form": posting_form,
        "postings": [one for one in postings if one.pk in own],
        "works_elsewhere": len(own) < len(postings),
        "may_edit": accounts_administered(request.posting).filter(pk=account.pk).exists(),
        "history": [(event, EVENTS.get(event.verb, event.verb)) for event in history],
        "today": timezone.localdate(),
    }
    status = 422 if form.errors or posting_form.errors else 200
    return render(request, "administration/person.html", context, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
def person_new(request: ActingRequest) -> HttpResponse:
    """A new account with its first posting; answered by the letter with the first password."""
    posting = administrator(request)
    form = PersonForm(
        request.POST or None, by=posting, account=None, initial={"first_day": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        with or_say_in(form):
            letter = open_account_with_posting(**form.cleaned_data, by=posting)
            return letters_page(request, [letter])
    return render(
        request, "administration/person_new.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_POST
def close(request: ActingRequest, pk: int) -> HttpResponse:
    account = account_administered(request, pk)
    close_account(user=account, by=request.posting, unit_id=request.posting.unit_id)
    messages.success(request, _("The account is closed: nobody signs in with it any more."))
    return redirect("administration:person", pk)


@require_POST
def reopen(request: ActingRequest, pk: int) -> HttpResponse:
    account = account_administered(request, pk)
    with or_say(request) as act:
        reopen_account(user=account, by=request.posting, unit_id=request.posting.unit_id)
    if act.done:
        messages.success(request, _("The account is open again."))
    return redirect("administration:person", pk)


# --- postings ---------------------------------------------------------------------------------


@require_POST
def add_posting(request: ActingRequest, pk: int) -> HttpResponse:
    account = account_administered(request, pk)
    form = PostingFields(request.POST, by=request.posting)
    if not form.is_valid():
        return person_page(request, account, account_form_unbound(account), form)
    post_from_to(user=account, **form.cleaned_data, by=request.posting)
    messages.success(request, _("Posted. Rights begin on the first day."))
    return redirect("administration:person", pk)


def account_form_unbound(account: Any) -> AccountForm:
    names = ("username", "full_name", "phone", "email", "version")
    return AccountForm(initial={name: getattr(account, name) for name in names})


@require_POST
def end(request: ActingRequest, pk: int) -> HttpResponse:
    """Give a posting its last day. One that has not begun may be taken back by leaving the day empty."""
    posting = get_object_or_404(postings_administered(administrator(request)), pk=pk)
    here = redirect("administration:person", posting.user_id)
    if not request.POST.get("last_day"):
        return taken_back(request, posting) or here
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["last_day"])))
    elif form.cleaned_data["last_day"] < posting.valid_from:
        messages.error(request, _("The last day lies before the first."))
    else:
        ended(request, posting, form.cleaned_data["last_day"])
    return here


def ended(request: ActingRequest, posting: Any, last_day: dt.date) -> None:
    with or_say(request) as act:
        end_posting(posting=posting, last_day=last_day, by=request.posting)
    if act.done:
        messages.success(request, _("The posting ends by itself after that day."))


def taken_back(request: ActingRequest, posting: Any) -> HttpResponse | None:
    with or_say(request) as act:
        remove_posting(posting=posting, by=request.posting)
    if act.done:
        messages.success(request, _("The posting was taken back before it began."))
    return None


# --- letters ----------------------------------------------------------------------------------


def letters_page(request: ActingRequest, letters: list[Letter]) -> HttpResponse:
    """First passwords, shown this once: the page is not kept by the browser, and nothing else knows them."""
    return render(request, "administration/letters.html", {"letters": letters, "today": timezone.localdate()})


@never_cache
@require_POST
def password(request: ActingRequest, pk: int) -> HttpResponse:
    """A new first password for whoever has forgotten theirs."""
    account = account_administered(request, pk)
    return letters_page(request, [issue_letter(user=account, by=request.posting)])


@never_cache
@require_POST
def letters(request: ActingRequest) -> HttpResponse:
    """First passwords for the next ones who have none yet."""
    posting = administrator(request)
    waiting = needs(posting, timezone.localdate()).people_without_password.order_by("search_key", "pk")
    made = issue_letters(users=waiting[:MOST_LETTERS], by=posting)
    if not made:
        messages.info(request, _("Everybody has a password. No letter was made."))
        return redirect("administration:people")
    return letters_page(request, made)


@never_cache
@require_http_methods(["GET", "POST"])
def schools_without_account(request: ActingRequest) -> HttpResponse:
    """Schools that nobody can sign in for; one click opens accounts for the next ones and prints letters."""
    posting, today = administrator(request), timezone.localdate()
    schools = needs(posting, today).schools_without_account.order_by("sort_key", "pk")
    if request.method == "POST":
        made = open_school_accounts(schools=schools[:MOST_LETTERS], by=posting, today=today)
        if made:
            return letters_page(request, made)
        messages.info(request, _("Every school has an account. No letter was made."))
    page = Paginator(schools, PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "count": min(page.paginator.count, MOST_LETTERS)}
    return render(request, "administration/schools_without_account.html", context)
