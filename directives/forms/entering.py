"""Entering a document: its text, its file, its annexes, and where it comes from."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directives.actions.drafting import Arrival, OriginalFile
from directives.actions.incoming import REGISTRATION_FIELDS
from directives.forms import HeadOfDocument, LaterChoice, LaterDay, LaterText, OneFile
from directives.models import Direction, Directive, Upload
from directives.programs import reader_for
from directives.reading import (
    MAX_BYTES,
    Extracted,
    Misnamed,
    UnreadableFile,
    misnamed,
    text_of_file,
    text_of_paste,
)
from directives.wording import KEPT, KEPT_WITH_TEXT, misnamed_file, refused_file
from eduportal.base.forms import REFUSED_UPLOADS, DayField, FilesField, KeptFile, VersionField
from eduportal.base.text import search_key
from eduportal.base.uploads import ORIGINALS, FileKind, UploadRefused, sniffed

TEXT = FileKind("text", "text/plain", (".txt", ".html", ".htm", ".eml"))
ACCEPTED = ".docx,.doc,.pdf,.txt,.html,.htm,.eml,.jpg,.jpeg,.png,.tif,.tiff"
# Not even beside a text that was typed in.
NEVER_KEPT = ("empty", "bomb", "too_large")
# What may be wrong with a file that is text all the same.
OF_TEXT = ("encoding", "too_slow", "too_long")
DIRECTIONS = {
    Direction.OUTGOING: _("Outgoing: our own office directs units beneath it"),
    Direction.INCOMING: _("Incoming: another office sent it; it takes an arrival number"),
    Direction.INTERNAL: _("Internal: for departments within our office"),
}


# Which text is read where a file and a pasted text both have one.
PASTED, OF_FILE = "text", "file"
# Enough words around the first difference to find it by.
BEFORE_DIFFERENCE, SHOWN_OF_DIFFERENCE = 2, 10


@dataclass(frozen=True)
class HandedIn:
    """A file as it was chosen, or as it was held from an attempt before."""

    name: str
    content: bytes


class NewDirectiveForm(forms.Form):
    """A document: its text pasted, or in a file, or pasted with the file that is kept as its original.

    `held` is what an attempt before left behind: its files count as chosen. What is to be read in the
    background is in `cleaned_data["later"]`, as the refusal that says why; what could not be read at all is
    in `unread`.
    """

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
            "Word, PDF, plain text or a mail in HTML, at most 20 MB. It is kept as the original. A scan "
            "(PDF, JPG, PNG, TIFF) is recognised in the background if that is installed; else paste its "
            "text below."
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
    counts = LaterChoice(
        label=_("Which text counts"),
        choices=[
            (PASTED, _("The pasted text; the file is kept as the original")),
            (OF_FILE, _("What the file says; the pasted text is left aside")),
        ],
    )
    annexes = FilesField(
        label=_("Annexes"),
        help_text=_("Lists, forms, further pages: up to 10 files at once, more on the next page."),
        required=False,
    )
    upload = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        today: dt.date,
        incoming_only: bool = False,
        held: Upload | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.today = today
        self.held = held
        self.unread: UnreadableFile | None = None
        # Whether the file and the pasted text say different things: only then it is asked which counts.
        self.differs = False
        choices = [Direction.INCOMING] if incoming_only else list(DIRECTIONS)
        self.fields["direction"].choices = [(one.value, DIRECTIONS[one]) for one in choices]  # type: ignore[attr-defined]
        self.initial.update(direction=choices[0].value, arrived_on=today)
        if held is not None:
            self.initial.update(held.given, text=held.text, upload=held.pk)

    def clean_arrived_on(self) -> dt.date | None:
        day = self.cleaned_data["arrived_on"]
        if day and day > self.today:
            raise ValidationError(_("The arrival date lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("direction") == Direction.INCOMING:
            self.require_arrival(data)
        data["annexes"] = [*data.get("annexes", []), *self.held_annexes()]
        handed_in, pasted = self.handed_in(data.get("file")), data.get("text", "")
        if handed_in is not None:
            self.take_file(handed_in, pasted, data)
        elif pasted.strip():
            self.take_paste(pasted, data)
        elif "file" not in self.errors:
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

    def given(self) -> dict[str, str]:
        """What was typed beside the document, to be held with it."""
        day = self.cleaned_data.get("arrived_on")
        return {
            "direction": self.cleaned_data.get("direction", ""),
            "sender": self.cleaned_data.get("sender", ""),
            "arrived_on": day.isoformat() if day else "",
        }

    def show_held(self, upload: Upload) -> None:
        """Carry what is held along, with the text that was read of it where none was typed."""
        self.held = upload
        data: Any = self.data
        self.data = data.copy()
        self.data["upload"] = upload.pk  # type: ignore[index]
        if not self.data.get("text", "").strip():
            self.data["text"] = upload.text  # type: ignore[index]

    # --- files ---

    def handed_in(self, file: Any) -> HandedIn | None:
        if file:
            # One byte more than is taken is enough to tell that it is too large.
            return HandedIn(file.name, file.read(MAX_BYTES + 1))
        document = self.held.document if self.held else None
        return HandedIn(document.name, document.content()) if document else None

    def held_annexes(self) -> list[KeptFile]:
        held = self.held.files.all() if self.held else []
        return [KeptFile(one.name, one.content(), one.content_type) for one in held if one.is_annex]

    def take_file(self, file: HandedIn, pasted: str, data: dict[str, Any]) -> None:
        """The text to read, and the file to keep; what cannot be read becomes the field's error.

        What was pasted counts where the file is a scan or came out in part. Where it says something else and
        can be read by itself, the person is asked.
        """
        if wrong := not_as_named(file):
            self.add_error("file", misnamed_file(file.name, wrong))
            return
        try:
            found, is_whole = read_or_keep(file.content, is_enough=bool(pasted.strip()))
            if is_whole and self.chosen_of_two(file, found, pasted, data) == OF_FILE:
                pasted = ""
            data["original"] = original_of(file, found, pasted)
            if pasted.strip():
                self.take_paste(pasted, data)
            elif problem := scanned_in_part(found):
                data["later"] = problem
            else:
                data["text"] = found.text
        except UnreadableFile as problem:
            data["original"] = keepable(file, problem)
            if data["original"] and reader_for(problem.code) and not pasted.strip():
                data["later"] = problem
            else:
                self.unread = problem
                kept = (KEPT_WITH_TEXT if problem.read else KEPT) if data["original"] else ""
                self.add_error("file", f"{refused_file(problem.code, problem.place)} {kept}".strip())
        except UploadRefused as refused:
            self.add_error("file", ValidationError(REFUSED_UPLOADS[refused.code], params={"name": file.name}))

    def chosen_of_two(self, file: HandedIn, found: Extracted, pasted: str, data: dict[str, Any]) -> str:
        """Which of two texts counts; asked for where both could be meant and it was not said yet."""
        if not pasted.strip() or pages_not_read(found):
            return PASTED
        difference = first_difference(found.text, pasted)
        self.differs = difference is not None
        chosen = data.get("counts") or ""
        if difference is not None and not chosen and "counts" not in self.errors:
            of_file, of_paste = difference
            message = _(
                "“%(name)s” can be read by itself, and it says something else than the pasted text: first "
                "“%(of_file)s” in the file, “%(of_paste)s” in the pasted text. Both are kept. Say which of "
                "them counts."
            )
            words = {"name": file.name, "of_file": of_file, "of_paste": of_paste}
            self.add_error("counts", ValidationError(message, params=words))
        return chosen or PASTED

    def take_paste(self, pasted: str, data: dict[str, Any]) -> None:
        """What was pasted, as it is shown: a mail's source, an old font code."""
        try:
            found = text_of_paste(pasted)
        except UnreadableFile as problem:
            self.add_error("text", refused_file(problem.code, problem.place))
        else:
            data["text"], data["warnings"] = found.text, found.warnings


def first_difference(first: str, second: str) -> tuple[str, str] | None:
    """The words around the place where two texts begin to differ, of each; None where all are the same.

    Blanks, lines, marks and capitals are no difference: a copied text loses them on its way.
    """
    words, others = first.split(), second.split()
    if search_key(first) == search_key(second) or search_key("".join(words)) == search_key("".join(others)):
        return None
    pairs = zip(words, others, strict=False)
    same = next((n for n, (a, b) in enumerate(pairs) if search_key(a) != search_key(b)), None)
    place = min(len(words), len(others)) if same is None else same
    start = max(0, place - BEFORE_DIFFERENCE)
    return " ".join(words[start:][:SHOWN_OF_DIFFERENCE]), " ".join(others[start:][:SHOWN_OF_DIFFERENCE])


def pages_not_read(found: Extracted) -> str:
    """The numbers of the pages that are pictures."""
    return next((str(one.args["pages"]) for one in found.warnings if one.code == "pages_without_text"), "")


def scanned_in_part(found: Extracted) -> UnreadableFile | None:
    """Why a file with text is read in the background: some pages are scans, which a program reads."""
    pages = pages_not_read(found)
    if not pages or reader_for("scanned_pages") is None:
        return None
    first = int(pages.partition(",")[0])
    return UnreadableFile("scanned_pages", place={"page": first}, read=found.text)


def not_as_named(file: HandedIn) -> Misnamed | None:
    """Where its name promises another kind of file; one that is empty or too large is refused for that."""
    if len(file.content) > MAX_BYTES or not file.content.strip(b"\0 \t\r\n"):
        return None
    return misnamed(file.name, file.content)


def read_or_keep(content: bytes, *, is_enough: bool) -> tuple[Extracted, bool]:
    """What the file says and whether that is all of it; a part is enough where its text was pasted and the
    file can be kept.
    """
    try:
        return text_of_file(content), True
    except UnreadableFile as error:
        if not is_enough or error.code in NEVER_KEPT:
            raise
        sniffed(content, ORIGINALS)
        return Extracted(error.read), False


def keepable(file: HandedIn, problem: UnreadableFile) -> OriginalFile | None:
    """The file as it is held while its text is missing; None for what nobody could use as an original."""
    if problem.code in NEVER_KEPT:
        return None
    try:
        kind = sniffed(file.content, ORIGINALS)
    except UploadRefused:
        if problem.code not in OF_TEXT:
            return None
        kind = TEXT
    return OriginalFile(well_named(file.name, kind), file.content, kind.content_type)


def original_of(file: HandedIn, found: Extracted, pasted: str) -> OriginalFile:
    """The file to keep, and what it says beside the text that is read."""
    try:
        kind = sniffed(file.content, ORIGINALS)
    except UploadRefused:
        kind = TEXT
    around = (found.margins, found.text) if pasted.strip() else (found.margins,)
    warnings = () if pasted.strip() else found.warnings
    return OriginalFile(well_named(file.name, kind), file.content, kind.content_type, around, warnings)


def well_named(name: str, kind: FileKind) -> str:
    """A name that promises no kind of file takes the ending of what the file holds."""
    return name if name.lower().endswith(kind.endings) else name + kind.endings[0]


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
