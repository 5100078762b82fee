"""Spreadsheets for tests, and what a resource makes of them."""

from eduportal.base.sheets import Sheet, read_sheet, write_csv, write_xlsx


def sheet(headings: list[str], *rows: list[str], kind: str = "xlsx") -> Sheet:
    content = write_xlsx("Bảng", headings, rows) if kind == "xlsx" else write_csv(headings, rows)
    return read_sheet(f"bang.{kind}", content)


def run(resource, table: Sheet, *, dry_run: bool = False):
    headings = resource.read_headings(table.headings)
    assert headings.are_right, headings
    return resource.run(table, headings.places, dry_run=dry_run)


def exported(resource) -> Sheet:
    """What the person would download, read in again."""
    dataset = resource.export()
    return read_sheet("bang.xlsx", write_xlsx("Bảng", dataset.headers, [list(row) for row in dataset]))


def messages(outcome) -> list[tuple[int, str, str]]:
    return [(one["number"], one["column"], one["message"]) for one in outcome.problems]
