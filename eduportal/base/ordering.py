"""Orders in which what is empty has its place: SQLite takes it for the least, PostgreSQL for the most."""

from django.db.models import F, Field, Model
from django.db.models.expressions import OrderBy


def rising(column: str) -> OrderBy:
    """From the least to the most; what is empty comes last."""
    return F(column).asc(nulls_last=True)


def falling(column: str) -> OrderBy:
    """From the most to the least; what is empty comes last."""
    return F(column).desc(nulls_last=True)


def ordered(model: type[Model], column: str) -> str | OrderBy:
    """An order by its name ("-sent_at"): said in full where the column may be empty.

    Where it may not, it stays a name, which an index serves in both directions.
    """
    name = column.removeprefix("-")
    if not may_be_empty(model, name):
        return column
    return falling(name) if column.startswith("-") else rising(name)


def may_be_empty(model: type[Model], path: str) -> bool:
    """Whether a column reached along a path may hold nothing; what is computed may."""
    step, _, rest = path.partition("__")
    field = next((one for one in model._meta.get_fields() if one.name == step), None)
    if step == "pk":
        return False
    if not isinstance(field, Field) or field.null:
        return True
    related = field.related_model
    return bool(rest) and not (isinstance(related, type) and not may_be_empty(related, rest))
