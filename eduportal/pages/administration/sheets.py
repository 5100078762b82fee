"""Which lists can be imported and exported."""

from django.utils.translation import gettext as _

from eduportal.base.resources import SheetResource
from eduportal.base.sheets import CONTENT_TYPES, SheetRefused, write_csv, write_xlsx
from schools.resources import OfficeResource, PeopleResource, SchoolResource
from targets.resources import ObservationResource

RESOURCES: dict[str, type[SheetResource]] = {
    "offices": OfficeResource,
    "schools": SchoolResource,
    "people": PeopleResource,
    "figures": ObservationResource,
}
__all__ = ["CONTENT_TYPES", "RESOURCES", "SheetRefused", "file_of", "sample_of"]


def sample_of(resource: type[SheetResource]) -> bytes:
    """A workbook with the headings and one invented row, to be filled in."""
    headings = [str(column.label) for column in resource.columns]
    return write_xlsx(_("Sample"), headings, [[column.example for column in resource.columns]])


def file_of(resource: SheetResource, kind: str) -> bytes:
    """All that the person looks after, as a file that reads back in unchanged."""
    dataset = resource.export()
    rows = [list(map(str, row)) for row in dataset]
    if kind == "csv":
        return write_csv(dataset.headers, rows)
    return write_xlsx(str(resource.title), dataset.headers, rows)
