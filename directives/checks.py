"""What the installation must have for documents to be printed."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register


@register
def fonts_are_installed(**kwargs: Any) -> list[CheckMessage]:
    """Official documents are printed in one face only; better to hear at start-up that it is missing."""
    # WeasyPrint takes most of a second to load, and only printing needs it.
    from directives.writing.pdf import missing_fonts

    if not (missing := missing_fonts()):
        return []
    return [
        Warning(
            f"Official documents cannot be printed: none of {', '.join(missing)} is installed.",
            hint="Install the package fonts-liberation (and fontconfig), then start again.",
            id="directives.W001",
        )
    ]
