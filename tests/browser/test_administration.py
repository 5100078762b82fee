"""What an administrator does without a shell: tables, accounts, lists in and out, an acting principal."""

import csv
import io

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import People
from tests.browser.people import Person
from tests.browser.words import t, tn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo

ADMINISTRATOR = "quantri"
NEW_PASSWORD = "mot-mat-khau-moi-2026"


def test_an_account_is_opened_and_its_password_given_anew(people: People):
    """The first password is on paper and is changed on arrival; a newer one puts an end to it."""
    administrator = people(ADMINISTRATOR)
    administrator.section(t("People")).follow(t("New account"))
    administrator.fill(t("Full name"), "Lò Thị Mận")
    administrator.fill(t("User name"), "vp.khemay")
    administrator.choose(t("Unit"), "Trường PTDTBT Tiểu học và Trung học cơ sở Khe Mây (NS010004)")
    administrator.choose(t("Role"), t("school clerk"))
    administrator.press(t("Open the account"))
    first = printed_password(administrator)
    clerk = people.arriving("vp.khemay")
    clerk.sign_in(first)
    change_password(clerk, first)
    assert clerk.heading == t("My work")
    administrator.section(t("People"))
    administrator.fill(t("Find by name, phone or mail"), "lo thi man")
    administrator.press(t("Find"))
    administrator.follow("Lò Thị Mận")
    administrator.press(t("New first password"))
    second = printed_password(administrator)
    clerk.go("/")
    assert clerk.page.get_by_label(t("Password"), exact=True).count() == 1
    clerk.sign_in(second)
    change_password(clerk, second)


def printed_password(administrator: Person) -> str:
    letter = administrator.page.locator(".letter")
    expect(letter).to_contain_text("THÔNG TIN TÀI KHOẢN")
    return letter.locator(".credential").last.inner_text()


def change_password(person: Person, former: str) -> None:
    """Asked for on arrival, before anything else."""
    person.fill(t("Current Password"), former)
    person.fill(t("New Password"), NEW_PASSWORD)
    person.fill(t("New Password (again)"), NEW_PASSWORD)
    person.press(t("Change password"))
    person.section(t("Home"))


# --- lists --------------------------------------------------------------------------------------------------

FAULTY, MENDED = "mầm nom", "mầm non"


def test_a_list_with_a_faulty_row_is_shown_and_the_mended_one_taken_over(people: People):
    """All rows or none: the fault is named by row and column, and nothing is saved before it is confirmed."""
    administrator = people(ADMINISTRATOR)
    administrator.section(t("Lists in and out"))
    exported = administrator.download(f".csv {t('Schools')}").decode("utf-8-sig")
    administrator.follow(t("Take in %(list)s", list=t("Schools").lower()))
    take_in(administrator, exported, level=FAULTY)
    row = administrator.row(FAULTY)
    expect(row).to_contain_text(t("Levels"))
    expect(row.get_by_role("rowheader")).to_have_text(t("row %(number)s", number=2))
    administrator.follow(t("Choose the mended file"))
    take_in(administrator, exported, level=MENDED)
    administrator.sees(t("Nothing is saved yet."))
    rows = len(exported.strip().splitlines()) - 1
    administrator.press(tn("Take over %(count)s row", "Take over all %(count)s rows", rows, count=rows))
    administrator.sees(t("All rows are saved."))


def take_in(administrator: Person, exported: str, *, level: str) -> None:
    """The list as it was saved, with another telephone and this level in its first row."""
    rows = list(csv.DictReader(io.StringIO(exported), delimiter=";"))
    rows[0] |= {t("Phone"): "0200 555 0190", t("Levels"): level}
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    file = {"name": "trường.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    administrator.field(t("File")).set_input_files([file])
    administrator.press(t("Check the file"))


# --- tables and deputies ------------------------------------------------------------------------------------


def test_the_tables_show_schools_and_what_is_kept_of_them(people: People):
    administrator = people(ADMINISTRATOR)
    administrator.section(t("Tables")).follow(t("Schools"), within=administrator.main)
    administrator.fill(t("Name or code"), "khe buoi")
    administrator.press(t("Find"))
    administrator.follow("Trường PTDTBT Trung học cơ sở Khe Bưởi")
    administrator.page.get_by_label(t("Phone")).fill("0200 555 0199")
    administrator.press(t("Save"))
    administrator.sees("0200 555 0199")


def test_a_deputy_is_named_for_a_dated_time(people: People):
    administrator = people(ADMINISTRATOR)
    administrator.section(t("People"))
    administrator.fill(t("Find by name, phone or mail"), "dang van dung")
    administrator.press(t("Find"))
    administrator.follow("Đặng Văn Dũng")
    administrator.follow(t("Name a deputy for a time"))
    today = f"{timezone.localdate():%d/%m/%Y}"
    administrator.choose(t("Deputy"), "Hoàng Thị Lụa")
    administrator.fill(t("From"), today)
    administrator.fill(t("Last day"), today)
    administrator.press(t("Name as acting principal"))
    administrator.sees(t("now"))
    deputy = people("vp.doiche")
    deputy.sees(t("Acting principal"))
    administrator.press(t("End today"))
