"""What all tables of the administrator have in common: scope, words instead of errors, writes by actions.

The site (eduportal.pages.administration.site) knows who administers which units; this layer only asks it.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from eduportal.base.errors import EditConflict, Refused
from eduportal.base.text import search_key


class Table(admin.ModelAdmin):
    """A table of rows that belong to units. Reading only, unless a subclass says how it is written.

    `unit_path` leads from a row to its unit, or is empty where rows belong to none: then `head_only` says
    whether they are for whoever stands at the head of the installation.
    """

    unit_path: ClassVar[str] = ""
    head_only: ClassVar[bool] = False
    unitless_at_head: ClassVar[bool] = False
    may_write: ClassVar[bool] = False
    may_remove: ClassVar[bool] = False
    admin_site: Any
    actions = None
    view_on_site = False
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    # --- who sees what -------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        if not self.unit_path:
            return rows
        mine = Q(**{f"{self.unit_path}__in": self.admin_site.units(request).values("pk")})
        if self.unitless_at_head and self.admin_site.oversees(request):
            mine |= Q(**{self.unit_path: None})
        return rows.filter(mine)

    def is_open_to(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request) and (
            not self.head_only or self.admin_site.oversees(request)
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.is_open_to(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.is_open_to(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_write and self.is_open_to(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_write and self.is_open_to(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_remove and self.is_open_to(request)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """What lies beyond the administrator's reach does not exist, here as on every other page."""
        row = super().get_object(request, object_id, from_field)
        if row is None:
            raise Http404
        return row

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Names are found without diacritics where the table is searched by the stored key."""
        by_key = any(name.endswith("search_key") for name in self.get_search_fields(request))
        return super().get_search_results(
            request, queryset, search_key(search_term) if by_key else search_term
        )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only by what the table offers as filters: a question about any other column could be asked of it
        letter by letter in the address, about what it does not show."""
        filters = [one[0] if isinstance(one, tuple) else one for one in self.list_filter]
        offered = [self.date_hierarchy, *filters]
        named = any(name and (lookup == name or lookup.startswith(f"{name}__")) for name in offered)
        return named and super().lookup_allowed(lookup, value, request)

    # --- writing -------------------------------------------------------------------------------------------

    def write(self, request: HttpRequest, stored: Any, form: Any) -> Any:
        """Hand what was entered to an action; gives the row as stored then. A new one has no `stored`."""
        raise PermissionDenied

    def remove(self, request: HttpRequest, stored: Any) -> None:
        """Hand the removal to an action, which refuses what has a history."""
        raise PermissionDenied

    def acting(self, request: HttpRequest) -> Any:
        """The posting through which the administrator acts."""
        return self.admin_site.acting(request)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if not self.may_write or (obj is not None and not self.has_change_permission(request, obj)):
            return super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", "")
        return type("Bound", (Refusable, self.form), {"by": self.acting(request), "refusal": refusal})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        stored = self.model._default_manager.get(pk=obj.pk) if change else None
        written = self.write(request, stored, form)
        obj.__dict__.update(written.__dict__)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """All was written by the action."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """An action that refuses is heard on the form, with all that was typed still in it."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            request.refusal = str(refusal.message)  # type: ignore[attr-defined]
        except EditConflict:
            request.refusal = _(  # type: ignore[attr-defined]
                "Somebody saved this a moment before you. Open it again in another window and compare."
            )
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Take away what was entered by mistake. What has a history is refused with words."""
        row = self.get_object(request, object_id)
        if not self.has_delete_permission(request, row):
            raise PermissionDenied
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        try:
            if request.method != "POST":
                return super().delete_view(request, object_id, extra_context)
            self.remove(request, row)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            return redirect(f"{name}_change", object_id)
        messages.success(request, _("Removed: it had no history."))
        return redirect(f"{name}_changelist")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """The question names the row alone; the action finds out whether it may go."""
        return [str(one) for one in objs], {}, set(), []

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Called by what it holds; "select one to change" says less."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """What is shown of a row's history; a new one has none."""
        return [] if obj is None else list(self.inlines)

    # --- the trail is ours ---------------------------------------------------------------------------------

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list:
        """What changed is in the audit event."""
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Actions write audit events; a second log would only disagree with them."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As above."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """As above."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The audit events about the row, in the table of audit events."""
        row = self.get_object(request, object_id)
        about = f"object_type={row._meta.label_lower}&object_id={row.pk}"
        return redirect(f"/administration/tables/trail/auditevent/?{about}")


NOTHING_CHOSEN = "---------"


class Refusable:
    """Makes a form say what an action refused, and a list of choices say in words that nothing is chosen."""

    refusal: str = ""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            words = _("choose") if field.required else _("(none)")
            if getattr(field, "empty_label", None) == NOTHING_CHOSEN:
                field.empty_label = words
                field.choices = field.choices
            elif isinstance(field, forms.ChoiceField):
                choices: list[Any] = list(field.choices)  # type: ignore[arg-type]
                nothing = ("", NOTHING_CHOSEN)
                field.choices = [("", words) if one == nothing else one for one in choices]

    def clean(self) -> Any:
        data = super().clean()  # type: ignore[misc]
        if self.refusal:
            self.add_error(None, self.refusal)  # type: ignore[attr-defined]
        return data


class PartsInline(admin.TabularInline):
    """Dated parts of a row, as history: looked at, not edited."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
