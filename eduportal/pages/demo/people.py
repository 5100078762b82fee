"""Everybody who works in the demo province. The people and their telephones are invented."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.actions import open_account
from accounts.models import RoleCode, User
from eduportal.pages.demo.province import OPENED_ON, Province
from schools.actions import post
from schools.models import Posting

PASSWORD = "ngocson-2026"  # noqa: S105 (the demo's own, printed for whoever tries it out)


@dataclass(frozen=True)
class Account:
    """One person in one unit. `unit` is a key of the province."""

    username: str
    full_name: str
    role: RoleCode
    unit: str

    @property
    def role_word(self) -> str:
        """The role as the account list names it: people of a commune apart from those of the department."""
        return f"commune_{self.role.value}" if self.unit.startswith("xa:") else self.role.value


STAFF, REGISTRAR, LEADER, ADMIN = RoleCode.STAFF, RoleCode.REGISTRAR, RoleCode.LEADER, RoleCode.ADMIN
PRINCIPAL, CLERK = RoleCode.PRINCIPAL, RoleCode.CLERK

ACCOUNTS = (
    Account("chuyenvien", "Phạm Văn Minh", STAFF, "so"),
    Account("tieuhoc", "Ngô Thị Hạnh", STAFF, "tieuhoc"),
    Account("vanthu", "Lê Thị Thu", REGISTRAR, "so"),
    Account("lanhdao", "Đỗ Thị Lan", LEADER, "so"),
    Account("quantri", "Vũ Hồng Quân", ADMIN, "so"),
    Account("cv.suoimay", "Giàng A Sơn", STAFF, "xa:suoimay"),
    Account("ld.suoimay", "Lý Thị Mai", LEADER, "xa:suoimay"),
    Account("cv.doiche", "Tẩn Láo Tả", STAFF, "xa:doiche"),
    Account("ld.doiche", "Nguyễn Đức Thịnh", LEADER, "xa:doiche"),
    Account("cv.benngoc", "Hà Thu Trang", STAFF, "xa:benngoc"),
    Account("ld.benngoc", "Phan Quốc Việt", LEADER, "xa:benngoc"),
    Account("ht.mnhoaban", "Hoàng Thị Nga", PRINCIPAL, "mnhoaban"),
    Account("ht.thsuoimay", "Trần Thị Hoa", PRINCIPAL, "thsuoimay"),
    Account("ht.thcssuoimay", "Nguyễn Văn Hùng", PRINCIPAL, "thcssuoimay"),
    Account("ht.khemay", "Vàng Seo Páo", PRINCIPAL, "khemay"),
    Account("ht.mnhuongche", "Lù Thị Xuân", PRINCIPAL, "mnhuongche"),
    Account("ht.doiche", "Đặng Văn Dũng", PRINCIPAL, "doiche"),
    Account("ht.khebuoi", "Bùi Đình Toàn", PRINCIPAL, "khebuoi"),
    Account("ht.mnsaomai", "Vũ Thị Ngọc Ánh", PRINCIPAL, "mnsaomai"),
    Account("ht.thbenngoc", "Đinh Thị Thanh Bình", PRINCIPAL, "thbenngoc"),
    Account("ht.thcsbenngoc", "Lương Hải Đăng", PRINCIPAL, "thcsbenngoc"),
    Account("ht.thptngocson", "Mai Quốc Khánh", PRINCIPAL, "thptngocson"),
    Account("ht.thptdoiche", "Nông Thị Bích Liên", PRINCIPAL, "thptdoiche"),
    Account("vp.thsuoimay", "Bùi Văn Tâm", CLERK, "thsuoimay"),
    Account("vp.doiche", "Hoàng Thị Lụa", CLERK, "doiche"),
    Account("vp.thptngocson", "Trịnh Thị Yến", CLERK, "thptngocson"),
)


def open_accounts(province: Province) -> dict[str, Posting]:
    """Open all accounts and post everybody. The postings by username."""
    # Hashing is slow on purpose, and everybody has the same password.
    password = make_password(PASSWORD)
    postings = {}
    for number, account in enumerate(ACCOUNTS, start=1):
        unit = province.unit(account.unit)
        user = open_account(
            username=account.username,
            full_name=account.full_name,
            phone=f"0100 000 {number:03d}",
            unit_id=unit.pk,
            by=None,
        )
        User.objects.filter(pk=user.pk).update(password=password)
        posting = post(user=user, unit=unit, role=account.role, valid_from=OPENED_ON, by=None)
        postings[account.username] = posting
    return postings
