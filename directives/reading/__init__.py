"""Reads official documents: text in, a structured proposal out. Pure Python; does no input or output."""

from .context import Context, SchoolYear
from .decode import MAX_BYTES, UnreadableFile, as_written, decode
from .files import Extracted, Misnamed, misnamed, text_of_file, text_of_paste
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
from .secrecy import secrecy_of

__all__ = [
    "MAX_BYTES",
    "Assignee",
    "Context",
    "Deadline",
    "Extracted",
    "Header",
    "Item",
    "Misnamed",
    "Reading",
    "Recipient",
    "Reference",
    "SchoolYear",
    "Signer",
    "Target",
    "UnreadableFile",
    "Warning",
    "as_written",
    "decode",
    "misnamed",
    "read_document",
    "secrecy_of",
    "text_of_file",
    "text_of_paste",
]
