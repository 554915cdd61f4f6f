"""What is kept between requests changes nothing of what is suggested."""

from __future__ import annotations

import json

from benchmarks.suggest_material import as_example, as_passage, make_labelled
from kodebok.domain.suggestion import SuggestionKind
from kodebok.suggest.computing import Row, Suggester, Task, suggest
from kodebok.suggest.passages import Material

LABELLED = make_labelled(120, themes=4, interviews=4, seed=5)


def request(coded: int, *, without: tuple[str, ...] = (), texts: int = 120) -> Row:
    """What is asked when the first passages are coded."""
    passages = tuple(
        as_passage(place, item, is_read=True, is_coded=place < coded and bool(item.codes))
        for place, item in enumerate(LABELLED[:texts])
    )
    examples = tuple(as_example(p, i) for p, i in enumerate(LABELLED[:coded]) if i.codes)
    material = Material(tuple(sorted(passages)), examples)
    task = Task(SuggestionKind.CODE, material, (), 10, without, 1, frozenset(), {})
    plain: Row = json.loads(json.dumps(task.arguments()))
    return plain


def test_a_kept_suggester_says_what_a_new_one_says_whatever_came_before() -> None:
    kept = Suggester()
    struck = LABELLED[0].text.split()[0].casefold()
    requests = [
        request(60),
        request(61),
        request(64),
        request(62),
        request(62, without=(struck,)),
        request(62, texts=110),
        request(90),
    ]
    for asked in requests:
        found = list(kept(asked))
        assert found == list(suggest(asked))
        assert any("suggestion" in row for row in found)
