"""Entering a document: its text, its file, its annexes, and where it comes from."""

import datetime as dt
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directives.actions.drafting import Arrival, OriginalFile
from directives.actions.incoming import REGISTRATION_FIELDS
from directives.forms import HeadOfDocument, LaterDay, LaterText, OneFile
from directives.models import Direction, Directive
from directives.reading import MAX_BYTES, Extracted, UnreadableFile, text_of_file
from directives.wording import refused_file
from eduportal.base.forms import REFUSED_UPLOADS, DayField, FilesField, VersionField
from eduportal.base.uploads import FileKind, UploadRefused, sniffed

TEXT = FileKind("text", "text/plain", (".txt",))
# What a document can be that holds no text which can be read: kept beside a text that was typed in.
ACCEPTED = ".docx,.pdf,.txt,.jpg,.jpeg,.png"
DIRECTIONS = {
    Direction.OUTGOING: _("Outgoing: our own office directs units beneath it"),
    Direction.INCOMING: _("Incoming: another office sent it; it takes an arrival number"),
    Direction.INTERNAL: _("Internal: for departments within our office"),
}


class NewDirectiveForm(forms.Form):
    """A document: its text pasted, or in a file, or pasted with the file that is kept as its original."""

    use_required_attribute = False
    direction = forms.ChoiceField(label=_("Direction"), widget=forms.RadioSelect)
    sender = LaterText(
        label=_("Sent by"),
        help_text=_("The office whose document it is."),
        max_length=200,
    )
    arrived_on = LaterDay(label=_("Arrival date"))
    file = OneFile(
        label=_("File of the document"),
        help_text=_(
            "Word (.docx), PDF or plain text, at most 20 MB. It is kept as the original. "
            "A scan (PDF, JPG, PNG) is kept as well, if you paste its text below."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
    )
    text = LaterText(
        label=_("or its text"),
        help_text=_(
            "Paste the whole document, from the letterhead to the recipients. What you paste is read."
        ),
        widget=forms.Textarea(attrs={"rows": 12}),
        strip=False,
    )
    annexes = FilesField(
        label=_("Annexes"),
        help_text=_("Lists, forms, further pages: up to 10 files at once, more on the next page."),
        required=False,
    )

    def __init__(self, *args: Any, today: dt.date, incoming_only: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today
        choices = [Direction.INCOMING] if incoming_only else list(DIRECTIONS)
        self.fields["direction"].choices = [(one.value, DIRECTIONS[one]) for one in choices]  # type: ignore[attr-defined]
        self.initial.update(direction=choices[0].value, arrived_on=today)

    def clean_arrived_on(self) -> dt.date | None:
        day = self.cleaned_data["arrived_on"]
        if day and day > self.today:
            raise ValidationError(_("The arrival date lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("direction") == Direction.INCOMING:
            self.require_arrival(data)
        text, file = data.get("text", ""), data.get("file")
        if file:
            data["text"], data["original"] = self.read(file, text)
        elif not text.strip() and "file" not in self.errors:
            self.add_error("file", _("Choose the file of the document, or paste its text."))
        return data

    def require_arrival(self, data: dict[str, Any]) -> None:
        if not data.get("sender", "").strip() and "sender" not in self.errors:
            self.add_error("sender", _("Say which office sent the document."))
        if data.get("arrived_on") is None and "arrived_on" not in self.errors:
            self.add_error("arrived_on", _("Say on which day it arrived."))

    def arrival(self) -> Arrival | None:
        """Of an incoming document; what was typed for another is left aside."""
        if self.cleaned_data["direction"] != Direction.INCOMING:
            return None
        return Arrival(self.cleaned_data["sender"], self.cleaned_data["arrived_on"])

    def read(self, file: Any, pasted: str) -> tuple[str, OriginalFile | None]:
        """The text to read, and the file to keep; what cannot be read becomes the field's error.

        What was pasted counts: the file may be a scan, or a text that came out badly.
        """
        try:
            if file.size > MAX_BYTES:
                raise UnreadableFile("too_large", file.name)
            content = file.read()
            found = read_or_keep(content, is_enough=bool(pasted.strip()))
            return pasted if pasted.strip() else found.text, original_of(file.name, content, found, pasted)
        except UnreadableFile as error:
            self.add_error("file", refused_file(error.code))
        except UploadRefused as refused:
            self.add_error("file", ValidationError(REFUSED_UPLOADS[refused.code], params={"name": file.name}))
        return pasted, None


def read_or_keep(content: bytes, *, is_enough: bool) -> Extracted:
    """What the file says; nothing, where its text was pasted and the file is one that can be kept."""
    try:
        return text_of_file(content)
    except UnreadableFile as error:
        if not is_enough or error.code in ("empty", "bomb", "too_large"):
            raise
        sniffed(content)
        return Extracted("")


def original_of(name: str, content: bytes, found: Extracted, pasted: str) -> OriginalFile:
    """The file under its name; where that ends in another way than what it holds, the ending is put right."""
    try:
        kind = sniffed(content)
    except UploadRefused:
        kind = TEXT
    if not name.lower().endswith(kind.endings) and kind != TEXT:
        name = PurePath(name).stem + kind.endings[0]
    around = (found.margins, found.text) if pasted.strip() else (found.margins,)
    warnings = () if pasted.strip() else found.warnings
    return OriginalFile(name, content, kind.content_type, around, warnings)


class AnnexesForm(forms.Form):
    """More annexes of a draft."""

    version = VersionField()
    annexes = FilesField(
        label=_("Add annexes"), help_text=_("PDF, Word, Excel, JPG or PNG, at most 20 MB each.")
    )


class RegistrationForm(HeadOfDocument):
    """What the register says of an arrival; its number stays."""

    sender = forms.CharField(label=_("Sent by"), max_length=200)
    arrived_on = DayField(label=_("Arrival date"))
    number = LaterText(label=_("Number"), max_length=20)
    issued_on = LaterDay(label=_("Date of the document"))
    subject = LaterText(label=_("Subject"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = Directive
        fields = REGISTRATION_FIELDS
