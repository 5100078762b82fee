"""Documents of an old Word (.doc), converted to .docx by LibreOffice and read as such."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from directives.programs.running import run
from directives.reading import MAX_BYTES, Extracted, UnreadableFile, text_of_file

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120
MEGABYTES = 4000
# Neither macros nor links to other files: it converts what is in the file.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def program() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def is_installed() -> bool:
    return program() is not None


def text_of_old_word(data: bytes, tell: Callable[[int, int], None]) -> Extracted:
    """Raises UnreadableFile: broken for what LibreOffice cannot open, too_slow, and what a .docx may be."""
    tell(1, 1)
    with tempfile.TemporaryDirectory(prefix="eduportal-word-") as name:
        folder = Path(name)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(PROFILE, encoding="utf-8")
        (folder / "document.doc").write_bytes(data)
        command = [
            str(program()), f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless", "--norestore", "--infilter=MS Word 97", "--convert-to", "docx:MS Word 2007 XML",
            "--outdir", "converted", "document.doc",
        ]  # fmt: skip
        run(command, folder=folder, seconds=SECONDS, megabytes=MEGABYTES)
        converted = folder / "converted" / "document.docx"
        if not converted.exists() or converted.stat().st_size > MAX_BYTES:
            raise UnreadableFile("broken")
        return text_of_file(converted.read_bytes())
