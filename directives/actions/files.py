"""The files of a document: kept as they came, never those that are marked as state secrets."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Protocol

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from directives.models import Annex, Directive, DirectiveState
from directives.reading import UnreadableFile, secrecy_of, text_of_file
from eduportal.base.errors import Refused
from eduportal.base.forms import KeptFile
from eduportal.base.text import nfc
from schools.models import Posting
from trail.actions import record, store_file

MOST_ANNEXES = 50


class File(Protocol):
    """A file that may be kept (eduportal.base.forms.KeptFile)."""

    @property
    def name(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def content_type(self) -> str: ...


def add_annexes(*, directive: Directive, version: int, files: Iterable[KeptFile], by: Posting) -> None:
    """Put files behind the annexes of a draft. Raises EditConflict, and Refused for a state secret."""
    files = list(files)
    refuse_secret_files(files)
    with transaction.atomic():
        directive.claim(version)
        expect_draft(directive)
        keep_annexes(directive, files, by)


def keep_annexes(directive: Directive, files: list[KeptFile], by: Posting) -> None:
    """Store annexes of a document in hand, each with its event. `refuse_secret_files` has looked at them."""
    last = directive.annexes.aggregate(last=Max("position"))["last"] or 0
    if last + len(files) > MOST_ANNEXES:
        raise Refused(
            _("A document has at most %(most)s annexes. Nothing was added.") % {"most": MOST_ANNEXES}
        )
    for position, file in enumerate(files, start=last + 1):
        stored = store_file(
            name=file.name,
            content=file.content,
            content_type=file.content_type,
            unit_id=directive.office_id,
        )
        Annex.objects.create(
            directive=directive,
            file=stored,
            title=nfc(PurePath(stored.name).stem)[:255],
            position=position,
            added_by=by.user,
        )
        record("annex.added", about=directive, by=by, unit_id=directive.office_id, data={"item": stored.name})


@transaction.atomic
def remove_annex(*, annex: Annex, version: int, by: Posting) -> None:
    """Take an annex off a draft. `version` is the document's."""
    directive = annex.directive
    directive.claim(version)
    expect_draft(directive)
    annex.delete()
    record(
        "annex.removed", about=directive, by=by, unit_id=directive.office_id, data={"item": annex.file.name}
    )


def expect_draft(directive: Directive) -> None:
    """The claim has locked the row."""
    state = Directive.objects.values_list("state", flat=True).get(pk=directive.pk)
    if state != DirectiveState.DRAFT:
        raise Refused(_("This document is no longer a draft. Nothing was changed; have it sent back first."))


def refuse_secret_files(files: Iterable[File]) -> None:
    """Raises Refused when one of them is marked. Called before a transaction opens: reading takes a while,
    and nobody should wait for rows meanwhile.
    """
    for file in files:
        refuse_secret_file(file)


def refuse_secret_file(file: File) -> None:
    """Raises Refused when what can be read of a file is marked; a picture of words cannot be looked at."""
    try:
        found = text_of_file(file.content)
    except UnreadableFile as problem:
        refuse_secret(secrecy_of(problem.read), file.name)
    else:
        refuse_secret(secrecy_of(found.text) or secrecy_of(found.margins), file.name)


def refuse_secret(mark: str | None, name: str = "") -> None:
    """Raises Refused for a mark of a state secret, so that nothing of it is stored."""
    if not mark:
        return
    what = _("“%(name)s”") % {"name": name} if name else _("The document")
    raise Refused(
        _(
            "%(what)s is marked %(mark)s. State secrets may not be entered here; nothing was stored. "
            "Handle it by the rules for the protection of state secrets."
        )
        % {"what": what, "mark": mark}
    )
