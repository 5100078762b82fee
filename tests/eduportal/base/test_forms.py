"""What the field of a number says to the person who types."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from eduportal.base.forms import DayField, FilesField, KeptFile, NumberField, VersionField


class Figures(forms.Form):
    pupils = NumberField(required=False, max_value=9_000)
    rate = NumberField(required=False, decimals=True, max_value=100)
    version = VersionField(required=False)


def error(**typed):
    """The one message and its code, in English, so that no translation decides."""
    with translation.override("en"):
        form = Figures(typed)
        form.is_valid()
        [field] = form.errors.as_data()
        [problem] = form.errors.as_data()[field]
        return problem.code, form.errors[field][0]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ({"pupils": "8.411"}, Decimal(8411)),
        ({"pupils": " 12 "}, Decimal(12)),
        ({"pupils": "0"}, Decimal(0)),
        ({"pupils": ""}, None),
        ({}, None),
        ({"rate": "98,5"}, Decimal("98.5")),
        ({"rate": "98,5 %"}, Decimal("98.5")),
    ],
)
def test_what_is_typed_clearly_is_taken(typed, value):
    form = Figures(typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["rate" if "rate" in typed else "pupils"] == value


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        (
            {"pupils": "tám nghìn"},
            "not_a_number",
            '"tám nghìn" is not a number. Write digits only, for example 8.411 or 98,5.',
        ),
        (
            {"pupils": "12,000"},
            "ambiguous",
            '"12,000" is not clear. Do you mean 12? Please type it so.',
        ),
        (
            {"pupils": "8,411"},
            "not_whole",
            '"8,411" is not a whole number. If you mean 8.411, type it so.',
        ),
        (
            {"pupils": "584,5"},
            "not_whole",
            '"584,5" is not a whole number. Write a whole number here, for example 8.411.',
        ),
        ({"rate": "9.5"}, "ambiguous", '"9.5" is not clear. Do you mean 9,5 or 95? Please type it so.'),
        ({"rate": "98.5"}, "ambiguous", '"98.5" is not clear. Do you mean 98,5? Please type it so.'),
        ({"pupils": "-5"}, "too_small", "This number cannot be below 0."),
        ({"pupils": "9001"}, "too_large", "This number cannot be above 9,000. Please check it."),
        (
            {"rate": "98,54321"},
            "too_precise",
            "This number has more than 4 digits after the comma. Please round it.",
        ),
    ],
)
def test_what_is_not_is_explained(typed, code, message):
    assert error(**typed) == (code, message)


def test_no_number_is_too_large_to_be_told_so():
    """The column holds twelve digits before the comma; a field without bounds knows it."""
    with pytest.raises(forms.ValidationError) as caught:
        NumberField().clean("9" * 30)
    assert caught.value.code == "too_large"


def test_an_empty_required_field_is_asked_for():
    with pytest.raises(forms.ValidationError) as caught:
        NumberField().clean(" ")
    assert caught.value.code == "required"


def test_a_stored_number_is_shown_as_it_is_typed():
    form = Figures(initial={"pupils": Decimal("8411.0000"), "rate": Decimal("98.5000"), "version": 3})
    assert 'value="8.411"' in str(form["pupils"])
    assert 'value="98,5"' in str(form["rate"])
    assert '<input type="hidden" name="version" value="3"' in str(form["version"])


def test_what_was_typed_wrongly_is_shown_again_untouched():
    form = Figures({"pupils": "8,411"})
    form.is_valid()
    assert 'value="8,411"' in str(form["pupils"])


def test_phones_show_the_keyboard_of_numbers():
    assert 'inputmode="numeric"' in str(Figures()["pupils"])
    assert 'inputmode="decimal"' in str(Figures()["rate"])


@pytest.mark.parametrize("typed", ["-1", "x", "1.5"])
def test_a_version_is_a_whole_number(typed):
    assert not Figures({"version": typed}).is_valid()


# --- days ---------------------------------------------------------------------------------------------------


class Dated(forms.Form):
    day = DayField()


@pytest.mark.parametrize(
    "typed", ["5/2/2026", "05/02/2026", "05-02-2026", "5.2.2026", "05022026", "2026-02-05"]
)
def test_a_day_is_read_day_first(typed):
    form = Dated({"day": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == dt.date(2026, 2, 5)


@pytest.mark.parametrize("typed", ["02/30/2026", "30/02/2026", "2026", "mai", "5/2"])
def test_an_impossible_day_is_explained_with_an_example(typed):
    with translation.override("en"):
        message = Dated({"day": typed}).errors["day"]
        assert message == ["Write the day as day/month/year, for example 05/02/2026."]


def test_a_day_far_off_is_asked_about():
    with translation.override("en"):
        assert Dated({"day": "05/02/0206"}).errors["day"] == ["This day cannot be right. Check the year."]


def test_a_day_is_shown_as_it_is_typed():
    assert 'value="05/02/2026"' in str(Dated(initial={"day": dt.date(2026, 2, 5)})["day"])


class TestFilesField:
    def cleaned(self, *files, **kwargs):
        return FilesField(**kwargs).clean(list(files))

    def test_several_files_are_kept_with_their_content_type(self):
        pdf = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.7\n")
        picture = SimpleUploadedFile("anh.jpg", b"\xff\xd8\xff\xe0")
        assert self.cleaned(pdf, picture) == [
            KeptFile("bien-ban.pdf", b"%PDF-1.7\n", "application/pdf"),
            KeptFile("anh.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ]

    def test_none_may_be_chosen_unless_one_is_needed(self):
        assert self.cleaned(required=False) == []
        with pytest.raises(forms.ValidationError):
            self.cleaned()

    def test_each_file_that_is_refused_is_named(self):
        with pytest.raises(forms.ValidationError) as caught:
            self.cleaned(SimpleUploadedFile("a.exe", b"MZ"), SimpleUploadedFile("b.pdf", b""))
        assert [error.code for error in caught.value.error_list] == ["program", "empty"]
        with translation.override("en"):
            assert caught.value.messages[1] == "“b.pdf” is empty. Choose another file."

    def test_too_many_at_once_are_refused(self):
        files = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7\n") for n in range(11)]
        with pytest.raises(forms.ValidationError):
            self.cleaned(*files)

    def test_a_file_that_is_too_large_is_not_read(self):
        class Large:
            name, size = "lon.pdf", 20 * 1024 * 1024 + 1

        with pytest.raises(forms.ValidationError) as caught:
            self.cleaned(Large())
        assert caught.value.error_list[0].code == "too_large"
