"""Which lists can be imported and exported."""

from django.utils import timezone
from django.utils.translation import gettext as _

from eduportal.base.resources import SheetResource
from eduportal.base.sheets import CONTENT_TYPES, SheetRefused, write_csv, write_xlsx
from reports.resources import ReportedFigures
from schools.resources import OfficeResource, PeopleResource, SchoolResource

RESOURCES: dict[str, type[SheetResource]] = {
    "offices": OfficeResource,
    "schools": SchoolResource,
    "people": PeopleResource,
    "figures": ReportedFigures,
}
__all__ = ["CONTENT_TYPES", "RESOURCES", "SheetRefused", "file_name", "file_of", "sample_of"]


def sample_of(resource: type[SheetResource]) -> bytes:
    """A workbook with the headings and one invented row, to be filled in."""
    headings = [str(column.label) for column in resource.columns]
    return write_xlsx(_("Sample"), headings, [[column.example for column in resource.columns]])


def file_of(resource: SheetResource, kind: str) -> bytes:
    """All that the person looks after, as a file that reads back in unchanged. Read as it is written."""
    headings, rows = resource.get_export_headers(), resource.exported()
    if kind == "csv":
        return write_csv(headings, rows)
    return write_xlsx(str(resource.title), headings, rows)


def file_name(resource: SheetResource, kind: str) -> str:
    return f"{resource.title} {timezone.localdate():%Y-%m-%d}.{kind}"
