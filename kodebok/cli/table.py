"""All commands: name, module and the line that `--help` says of them, in the order of the work."""

from __future__ import annotations

from typing import NamedTuple

from kodebok.i18n import mark


class Entry(NamedTuple):
    """A command.

    Attributes:
        module: Its module in this package.
        section: Title of the part of the help that it stands in, as an English key.
        explained: What it does, as an English key.
    """

    module: str
    section: str
    explained: str


BEGIN = mark("Begin")
MATERIAL = mark("Material")
CODING = mark("Codebook and coding")
LOOK = mark("Look and compare")
WRITE = mark("Write")
STUDY = mark("The study and the program")

SECTIONS = (BEGIN, MATERIAL, CODING, LOOK, WRITE, STUDY)

COMMANDS = {
    "demo": Entry("demo", BEGIN, mark("Make the example study, and open it.")),
    "init": Entry("init", BEGIN, mark("Make a new study.")),
    "status": Entry("status", BEGIN, mark("What is here, and what lacks.")),
    "import": Entry("import_files", MATERIAL, mark("Bring in transcripts, notes or answers.")),
    "card": Entry(
        "card", MATERIAL, mark("What the study was approved for, where data may lie, until when.")
    ),
    "transcribe": Entry("transcribe", MATERIAL, mark("Turn sound into sources, on this machine.")),
    "play": Entry("play", MATERIAL, mark("Play a quote or a source, or cut out a clip.")),
    "sources": Entry("sources", MATERIAL, mark("List, show, change or remove sources.")),
    "cases": Entry("cases", MATERIAL, mark("List, add or change participants and sites.")),
    "consent": Entry("consent", MATERIAL, mark("What participants agreed to, and ask for.")),
    "coders": Entry("coders", MATERIAL, mark("List or add coders.")),
    "memo": Entry("memo", MATERIAL, mark("Write, list or change memos.")),
    "correct": Entry("correct", MATERIAL, mark("Correct words, turns and voices of a source.")),
    "anonymise": Entry("anonymise", MATERIAL, mark("Find names in the texts, and replace them.")),
    "key": Entry("key", MATERIAL, mark("Show, copy or destroy the key to replaced names.")),
    "read": Entry("read", MATERIAL, mark("Mark a source as read through.")),
    "wonder": Entry("wonder", MATERIAL, mark("Mark what surprises you, and list it.")),
    "codebook": Entry("codebook", CODING, mark("Show, import, export or change the codebook.")),
    "code": Entry("code", CODING, mark("Put codes on a passage.")),
    "uncode": Entry("uncode", CODING, mark("Remove codings.")),
    "recode": Entry("recode", CODING, mark("Give codings another code, borders or weight.")),
    "search": Entry("search", CODING, mark("Find words, and code the hits together.")),
    "condense": Entry("condense", CODING, mark("Write a passage shorter, in your own words.")),
    "summary": Entry("summary", CODING, mark("Write the closing summary of a code.")),
    "suggest": Entry(
        "suggest", CODING, mark("Suggest codes and categories, when you want it, for you to judge.")
    ),
    "themes": Entry("themes", CODING, mark("List, add or change themes.")),
    "theory": Entry("theory", CODING, mark("Theories, steps between theory and data, questions.")),
    "quotes": Entry("quotes", LOOK, mark("List coded passages, or the chosen quotes.")),
    "matrix": Entry("matrix", LOOK, mark("Count codes by participant, source or variable.")),
    "cooccurrence": Entry("cooccurrence", LOOK, mark("Which codes share passages.")),
    "coverage": Entry("coverage", LOOK, mark("How much of each source is coded, and what lacks.")),
    "new-codes": Entry(
        "new_codes", LOOK, mark("Which codes each source brought for the first time.")
    ),
    "compare": Entry("compare", LOOK, mark("How far coders agree, and where they differ.")),
    "quote": Entry("quote", WRITE, mark("Choose quotes for the text, cut them, check them.")),
    "review": Entry(
        "review", WRITE, mark("Send excerpts to a supervisor, and take in the answers.")
    ),
    "export": Entry("export", WRITE, mark("Make Word, Excel, web page, CSV or REFI-QDA files.")),
    "proof": Entry("proof", WRITE, mark("Check your own manuscript against the study.")),
    "withdraw": Entry(
        "withdraw", STUDY, mark("Erase a participant who withdraws, for good; shown first.")
    ),
    "end-project": Entry(
        "end_project", STUDY, mark("End the study as its card says, step by step, for good.")
    ),
    "backup": Entry("backup", STUDY, mark("Write an encrypted backup, or bring one back.")),
    "privacy": Entry("privacy", STUDY, mark("Where data lie, what ran, what left; for others.")),
    "merge": Entry("merge", STUDY, mark("Take in what was done in another copy of the study.")),
    "history": Entry("history", STUDY, mark("What was done, when and by whom.")),
    "undo": Entry("undo", STUDY, mark("Take back the last act.")),
    "redo": Entry("redo", STUDY, mark("Do again what was taken back.")),
    "check": Entry("check", STUDY, mark("Check that the study's file is whole.")),
    "doctor": Entry("doctor", STUDY, mark("Check that this machine has what kodebok needs.")),
    "models": Entry("models", STUDY, mark("List, add, fetch or check speech models.")),
    "config": Entry("config", STUDY, mark("List, get or set settings.")),
    "keys": Entry("keys", STUDY, mark("List the keys of the screen.")),
    "completion": Entry("completion", STUDY, mark("Print the shell's completion script.")),
    "man": Entry("man", STUDY, mark("Print the manual page.")),
}
