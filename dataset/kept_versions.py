"""Everything that is kept as versions; a new kind is one line here and its table in the schema."""

from __future__ import annotations

from dataset.comment import Comment
from dataset.meeting import Meeting
from dataset.rebase import Rebase
from dataset.register_entry import RegisterEntry
from dataset.removal import Removal
from dataset.version import Version

KEPT_VERSIONS: tuple[type[Version], ...] = (Comment, Rebase, RegisterEntry, Meeting, Removal)
# What a person calls several of them, by the table they are in.
IN_WORDS = {
    "commentary": "comments",
    "rebase": "rebases",
    "register_entry": "entries of registers",
    "meeting": "records of meetings",
    "removal": "removals of returns",
}
