"""Reads official documents: text in, a structured proposal out. Pure Python; does no input or output."""

from .context import Context, SchoolYear
from .decode import MAX_BYTES, UnreadableFile, decode
from .model import (
    Assignee,
    Deadline,
    Header,
    Item,
    Reading,
    Recipient,
    Reference,
    Signer,
    Target,
    Warning,
)
from .reader import read_document

__all__ = [
    "MAX_BYTES",
    "Assignee",
    "Context",
    "Deadline",
    "Header",
    "Item",
    "Reading",
    "Recipient",
    "Reference",
    "SchoolYear",
    "Signer",
    "Target",
    "UnreadableFile",
    "Warning",
    "decode",
    "read_document",
]
