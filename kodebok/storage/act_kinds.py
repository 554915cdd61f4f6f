"""What kinds of acts there are for undo, and how an act can stand."""

from __future__ import annotations

# Of an act: in force; undone; undone and followed by another act; in force for good.
DONE, UNDONE, GONE, FINAL = 0, 1, 2, 3

# Acts that only note what was done outside the study: undo and redo pass them by.
LOG_KINDS = frozenset(
    {
        "export.made",
        "export.sent",
        "backup.made",
        "sound.delete",
        "key.destroy",
        "key.export",
        "gate.despite",
    }
)
# Acts that erase for good; what was done before one of them cannot be undone beneath it.
ERASING_KINDS = frozenset({"case.withdraw", "erasure.apply", "study.end"})
# Acts that undo never takes back: what a study begins with, and what was noted.
FINAL_KINDS = LOG_KINDS | {
    "project.create",
    "project.example",
    "anonymise.restore",
    "merge.erase",
    *ERASING_KINDS,
}
# Replaces originals, which are in the key file alone: undone by `restore`, never done again.
APPLY_KIND = "anonymise.apply"
# Moves texts by offsets of its own: what was done before it cannot be undone beneath it.
RESTORE_KIND = "anonymise.restore"
