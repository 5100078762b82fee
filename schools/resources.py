"""Import and export of offices, schools and people."""

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import edit_account, open_account
from accounts.forms import AccountFields
from accounts.models import RoleCode, User
from eduportal.base.errors import Refused
from eduportal.base.resources import Column, SheetResource, says
from schools.actions import end_posting
from schools.actions.entering import enter_office, enter_school
from schools.actions.postings import post_from_to
from schools.forms import OfficeForm, SchoolForm
from schools.forms.postings import PostingFields
from schools.models import Level, Posting, UnitKind
from schools.queries.administering import (
    accounts_administered,
    accounts_seen,
    offices_administered,
    postings_administered,
    schools_administered,
)

PHONE = Column(
    "phone", gettext_lazy("Phone"), aliases=("điện thoại", "số điện thoại", "SĐT"), example="0200 555 0112"
)
OPENED = Column(
    "opened_on", gettext_lazy("Opened on"), required=True, aliases=("ngày mở",), example="01/07/2025"
)
CLOSED = Column("last_day", gettext_lazy("Last day"), aliases=("ngày đóng", "đến hết ngày"))
ADMINISTRATIVE = Column(
    "administrative",
    gettext_lazy("Administrative office"),
    aliases=("mã cơ quan quản lý", "cơ quan quản lý", "trực thuộc"),
    example="NS-01",
)
PROFESSIONAL = Column(
    "professional",
    gettext_lazy("Professional office"),
    aliases=("mã cơ quan chuyên môn", "cơ quan chuyên môn"),
    example="NS",
)


class UnitResource(SheetResource):
    """Offices or schools, known by their code."""

    form_class: type[Any]
    parts: tuple[str, ...]

    def visible(self) -> Any:
        rows = self.units().select_related("successor").prefetch_related(*self.parts)
        return rows.order_by("sort_key", "pk")

    def units(self) -> Any:
        """Those that the person looks after."""
        raise NotImplementedError

    def find(self, row: dict[str, str]) -> Any:
        return self.visible().filter(code__iexact=row.get("code", "").strip()).first()

    def form_of(self, data: dict[str, str], instance: Any) -> Any:
        return self.form_class(data, instance=instance, by=self.by)

    def key_of(self, form: Any) -> tuple[Any, ...]:
        return form.cleaned_data["code"], form.cleaned_data["short_name"]

    def values_of(self, instance: Any) -> dict[str, Any]:
        return self.form_class.values_of(instance)

    def said(self, name: str, value: Any) -> str:
        if name in ("levels", "limits"):
            return ", ".join(str(Level(level).label) for level in value or [])
        return super().said(name, value)


class SchoolResource(UnitResource):
    title = gettext_lazy("Schools")
    form_class = SchoolForm
    parts = ("levels", "affiliations__office")
    columns = (
        Column("code", gettext_lazy("Code"), required=True, aliases=("mã trường", "mã"), example="NS010099"),
        Column(
            "name",
            gettext_lazy("Name"),
            required=True,
            aliases=("tên trường",),
            example="Trường Tiểu học Ví Dụ",
        ),
        Column("short_name", gettext_lazy("Short name"), required=True, example="TH Ví Dụ"),
        Column(
            "levels", gettext_lazy("Levels"), required=True, aliases=("cấp học",), example="tiểu học, THCS"
        ),
        Column("is_public", gettext_lazy("Public"), aliases=("loại hình công lập",), example="có"),
        Column(
            "cluster",
            gettext_lazy("Cluster"),
            aliases=("cụm chuyên môn", "cụm trường"),
            example="Cụm chuyên môn số 1",
        ),
        replace(ADMINISTRATIVE, required=True),
        replace(PROFESSIONAL, required=True),
        PHONE,
        OPENED,
        CLOSED,
    )

    def units(self) -> Any:
        return schools_administered(self.by)

    def write(self, form: Any, instance: Any) -> None:
        enter_school(school=instance, entry=form.entry(), by=self.by)

    def stored(self, instance: Any) -> dict[str, str]:
        return super().stored(instance) or {"is_public": "yes"}


class OfficeResource(UnitResource):
    title = gettext_lazy("Offices")
    form_class = OfficeForm
    parts = ("limits", "parent_links__parent")
    columns = (
        Column("code", gettext_lazy("Code"), required=True, aliases=("mã cơ quan", "mã"), example="NS-99"),
        Column(
            "kind", gettext_lazy("Kind"), required=True, aliases=("loại cơ quan",), example="cơ quan cấp xã"
        ),
        Column(
            "name", gettext_lazy("Name"), required=True, aliases=("tên cơ quan",), example="UBND xã Ví Dụ"
        ),
        Column("short_name", gettext_lazy("Short name"), required=True, example="Xã Ví Dụ"),
        ADMINISTRATIVE,
        PROFESSIONAL,
        Column("limits", gettext_lazy("Limited to levels"), aliases=("giới hạn cấp học",)),
        PHONE,
        OPENED,
        CLOSED,
    )

    def said(self, name: str, value: Any) -> str:
        return str(UnitKind(value).label) if name == "kind" and value else super().said(name, value)

    def units(self) -> Any:
        return offices_administered(self.by)

    def write(self, form: Any, instance: Any) -> None:
        enter_office(office=instance, entry=form.entry(), by=self.by)


class PeopleResource(SheetResource):
    """People with their postings, a row for each posting that lasts or is to come."""

    title = gettext_lazy("People and postings")
    columns = (
        Column(
            "username",
            gettext_lazy("User name"),
            required=True,
            aliases=("tài khoản",),
            example="hoa.tranthi",
        ),
        Column(
            "full_name", gettext_lazy("Full name"), required=True, aliases=("họ tên",), example="Trần Thị Hoa"
        ),
        Column("phone", gettext_lazy("Phone"), aliases=PHONE.aliases, example="0912 345 678"),
        Column(
            "email",
            gettext_lazy("Mail address"),
            aliases=("email", "thư điện tử"),
            example="hoa@vidu.example",
        ),
        Column(
            "unit",
            gettext_lazy("Unit"),
            required=True,
            aliases=("mã đơn vị", "mã trường"),
            example="NS010002",
        ),
        Column("role", gettext_lazy("Role"), required=True, aliases=("chức vụ",), example="hiệu trưởng"),
        Column("first_day", gettext_lazy("From"), required=True, aliases=("từ ngày",), example="01/08/2026"),
        Column("last_day", gettext_lazy("Last day"), aliases=("đến ngày", "đến hết ngày")),
    )

    def visible(self) -> Any:
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=timezone.localdate())
        rows = postings_administered(self.by).filter(lasting, user__in=accounts_seen(self.by).values("pk"))
        return rows.filter(is_acting=False).select_related("user", "unit").order_by("unit__sort_key", "pk")

    def find(self, row: dict[str, str]) -> Posting | None:
        """By person, unit, role and first day. What cannot be read finds nothing; the form says so."""
        form = PostingFields(row, by=self.by)
        form.full_clean()
        read = getattr(form, "cleaned_data", {})
        if not all(read.get(name) for name in ("unit", "role", "first_day")):
            return None
        same = {"unit": read["unit"], "role": read["role"], "valid_from": read["first_day"]}
        name = row.get("username", "").strip()
        return self.visible().filter(user__username__iexact=name, **same).first()

    def form_of(self, data: dict[str, str], instance: Posting | None) -> Any:
        name = data.get("username", "").strip()
        account = accounts_seen(self.by).filter(username__iexact=name).first()
        initial = self.values_of(instance) if instance else account_values(account) if account else {}
        stored = {} if instance else {name: says(value) for name, value in initial.items()}
        return PersonForm(stored | data, by=self.by, account=account, initial=initial)

    def key_of(self, form: Any) -> tuple[Any, ...]:
        data = form.cleaned_data
        unit, role = data["unit"], RoleCode(data["role"]).label
        return data["full_name"], role, unit.short_name, says(data["first_day"])

    def said(self, name: str, value: Any) -> str:
        if name == "role" and value:
            return str(RoleCode(value).label)
        return value.code if name == "unit" and value else super().said(name, value)

    def values_of(self, instance: Posting) -> dict[str, Any]:
        days = {"first_day": instance.valid_from, "last_day": instance.last_day}
        return account_values(instance.user) | {"unit": instance.unit, "role": instance.role} | days

    def write(self, form: Any, instance: Posting | None) -> None:
        data, unit_id = form.cleaned_data, form.cleaned_data["unit"].pk
        contact = {name: data[name] for name in ("username", "full_name", "phone", "email")}
        account = form.account
        if account is None:
            account = open_account(**contact, by=self.by, unit_id=unit_id)
        elif form.changes_contact:
            edit_account(user=account, version=account.version, **contact, by=self.by, unit_id=unit_id)
        if instance is None:
            said = {name: data[name] for name in ("unit", "role", "first_day", "last_day")}
            post_from_to(user=account, **said, by=self.by)
        elif data["last_day"] != instance.last_day:
            if data["last_day"] is None:
                raise Refused(_("This posting has a last day. To go on after it, enter a new posting."))
            end_posting(posting=instance, last_day=data["last_day"], by=self.by)


def account_values(user: User) -> dict[str, Any]:
    return {name: getattr(user, name) for name in ("username", "full_name", "phone", "email")}


class PersonForm(AccountFields, PostingFields):
    """An account and one posting. Of whoever works elsewhere too, only the posting can be given here."""

    def __init__(self, *args: Any, account: User | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.account = account

    @property
    def changes_contact(self) -> bool:
        before = account_values(self.account) if self.account else {}
        return any(self.cleaned_data.get(name) != value for name, value in before.items())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.account and not self.errors and self.changes_contact and not self.may_edit:
            message = _("This person also works beyond your units. Leave name and contact as they are.")
            self.add_error("full_name", message)
        return data

    @property
    def may_edit(self) -> bool:
        return accounts_administered(self.by).filter(pk=self.account.pk if self.account else None).exists()
