"""The actions of the coding, codebook, matrix and quotes screens.

The reader's own keys move and mark; what stands here does something with what is marked.
"""

from __future__ import annotations

from kodebok.i18n import mark, translator
from kodebok.tui.keymap import KeyAction

ROOM = "coding_screen"
_ = translator("coding_screen")  # the catalogue that the marked texts stand in


def _action(
    name: str, action: str, keys: str, label: str, tip: str = "", *, footer: bool = False
) -> KeyAction:
    return KeyAction(name, action, keys, label, footer, tip, ROOM)


DIGITS = tuple(
    _action(
        f"coding.code-{digit}",
        f"code_digit({digit})",
        str(digit),
        mark("Recent code"),
        mark("Codes what is marked with the code of that digit; else the sentence at the cursor"),
    )
    for digit in range(1, 10)
)

CODING = (
    _action(
        "coding.pick",
        "pick_code",
        "c",
        mark("Code"),
        mark("Type a part of a code's name, and put it on what is marked"),
        footer=True,
    ),
    *DIGITS,
    _action(
        "coding.new",
        "new_code",
        "n",
        mark("New code"),
        mark("Makes a code and puts it on what is marked"),
        footer=True,
    ),
    _action(
        "coding.in-vivo",
        "in_vivo",
        "i",
        mark("Their words as code"),
        mark("Makes a code of the marked words themselves"),
        footer=True,
    ),
    _action(
        "coding.recode",
        "recode",
        "r",
        mark("Another code"),
        mark("Gives the coding at the cursor another code"),
    ),
    _action(
        "coding.uncode",
        "uncode",
        "x",
        mark("Remove coding"),
        mark("Takes the code at the cursor off its passage"),
    ),
    _action(
        "coding.adjust",
        "adjust",
        "a",
        mark("Adjust borders"),
        mark("Moves where the coding at the cursor begins and ends, word by word"),
    ),
    _action(
        "coding.weigh",
        "weigh",
        "d",
        mark("Supports or contradicts"),
        mark("Says what the passage does to its code: supports, nuances, contradicts, nothing"),
    ),
    _action(
        "coding.condense",
        "condense",
        "K",
        mark("Condense"),
        mark("Writes the coded passage at the cursor in fewer words"),
    ),
    _action(
        "coding.memo",
        "memo",
        "m",
        mark("Memo"),
        mark("Writes on the passage, its coding, the code or the source"),
        footer=True,
    ),
    _action(
        "coding.wonder",
        "wonder",
        "g",
        mark("Wondering"),
        mark("Marks what surprises here, and against which theory"),
    ),
    _action(
        "coding.quote",
        "quote",
        "q",
        mark("Choose as quote"),
        mark("Chooses the passage for the text, or lets it go"),
        footer=True,
    ),
    _action(
        "coding.correct",
        "correct",
        "e",
        mark("Correct text"),
        mark("Corrects the words of the turn; codings stay on theirs"),
        footer=True,
    ),
    _action(
        "coding.turn",
        "turn_menu",
        "t",
        mark("Turn and voice"),
        mark("Divides or joins turns, and says who speaks"),
    ),
    _action(
        "coding.search",
        "search",
        "slash",
        mark("Search"),
        mark("Finds words while they are typed, to look at them and code them together"),
        footer=True,
    ),
    _action(
        "coding.next-hit", "next_hit(1)", "full_stop", mark("Next hit"), mark("To the next hit")
    ),
    _action(
        "coding.previous-hit",
        "next_hit(-1)",
        "comma",
        mark("Former hit"),
        mark("To the hit before"),
    ),
    _action(
        "coding.read",
        "mark_read",
        "s",
        mark("Read through"),
        mark("Notes that you have read the source to its end, or takes that back"),
    ),
    _action("coding.open", "open_source", "o", mark("Open another"), footer=True),
    _action(
        "coding.copy-reference",
        "copy_reference",
        "R",
        mark("Copy with reference"),
        mark("Copies the passage, with its source, voice and time behind it"),
    ),
    _action("coding.tree", "toggle_pane('tree')", "C", mark("Code tree"), mark("Shows or hides")),
    _action(
        "coding.excerpts",
        "toggle_pane('excerpts')",
        "X",
        mark("Excerpts of the code"),
        mark("Shows or hides"),
    ),
    _action("coding.memos", "toggle_pane('memos')", "M", mark("Memos"), mark("Shows or hides")),
    _action(
        "coding.coders",
        "toggle_coders",
        "V",
        mark("Only my codings"),
        mark("Shows the codings of all coders, or only yours"),
    ),
)

CODEBOOK = (
    _action("codebook.edit", "edit", "e,enter", mark("Edit"), footer=True),
    _action("codebook.new", "new_code", "n", mark("New code"), footer=True),
    _action("codebook.new-below", "new_below", "N", mark("New code below"), footer=True),
    _action("codebook.rename", "rename", "r", mark("Rename"), footer=True),
    _action("codebook.up", "shift(-1)", "comma", mark("Move up")),
    _action("codebook.down", "shift(1)", "full_stop", mark("Move down")),
    _action(
        "codebook.out", "outdent", "less_than_sign", mark("Move out"), mark("One level higher")
    ),
    _action(
        "codebook.in",
        "indent",
        "greater_than_sign",
        mark("Move in"),
        mark("Below the code before it"),
    ),
    _action(
        "codebook.merge",
        "merge",
        "m",
        mark("Merge"),
        mark("Lets another code take over everything that hangs on this one"),
        footer=True,
    ),
    _action(
        "codebook.split",
        "split",
        "s",
        mark("Divide"),
        mark("Moves chosen excerpts to a new code below this one"),
        footer=True,
    ),
    _action("codebook.delete", "delete", "d,delete", mark("Delete"), footer=True),
    _action("codebook.memo", "memo", "t", mark("Memo")),
    _action(
        "codebook.excerpts", "toggle_excerpts", "x", mark("Excerpts"), mark("Details or excerpts")
    ),
    _action(
        "codebook.biography",
        "biography",
        "b",
        mark("Biography"),
        mark("What the history tells of this code: born, renamed, grown, merged, split"),
    ),
    _action("codebook.import", "import_file", "i", mark("Import"), mark("Brings in a YAML file")),
    _action(
        "codebook.export", "export_file", "y", mark("Export"), mark("Writes the codebook as YAML")
    ),
    _action(
        "codebook.guide",
        "seed",
        "g",
        mark("From interview guide"),
        mark("Makes codes of the guide's headings and questions"),
    ),
)

MATRIX = (
    _action("matrix.by", "next_columns", "v", mark("Columns"), mark("Other columns"), footer=True),
    _action(
        "matrix.measure",
        "next_measure",
        "c",
        mark("Counting"),
        mark("Codings, passages or words"),
        footer=True,
    ),
    _action(
        "matrix.rollup",
        "toggle_rollup",
        "s",
        mark("Sum up"),
        mark("Whether a code also counts what is coded below it"),
        footer=True,
    ),
    _action("matrix.view", "next_view", "t", mark("View"), mark("Other table"), footer=True),
)

QUOTES = (
    _action("quotes.view", "next_view", "t", mark("Excerpts or chosen"), footer=True),
    _action("quotes.filter", "filter", "f,slash", mark("Filter"), footer=True),
    _action("quotes.choose", "choose", "q", mark("Choose or let go"), footer=True),
    _action("quotes.edit", "edit", "e", mark("Edit"), footer=True),
    _action("quotes.up", "shift(-1)", "comma", mark("Earlier")),
    _action("quotes.down", "shift(1)", "full_stop", mark("Later")),
    _action(
        "quotes.settle",
        "settle",
        "a",
        mark("Accept drift"),
        mark("Takes the source's words of now as those that were chosen"),
    ),
    _action("quotes.open", "open_source", "o", mark("Open source"), footer=True),
    _action(
        "quotes.play",
        "play_passage",
        "p",
        mark("Play"),
        mark("Opens the passage in its source, and plays it"),
    ),
    _action("quotes.copy", "copy_reference", "R", mark("Copy with reference")),
    _action("quotes.spread", "spread", "s", mark("Spread of voices")),
)

ACTIONS = (*CODING, *CODEBOOK, *MATRIX, *QUOTES)
