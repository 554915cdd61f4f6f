"""Each quotation of a manuscript judged against the study, and against the other quotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kodebok.coding.quoting import spread_of_voices
from kodebok.domain.case import CaseKind
from kodebok.domain.quote import Degree
from kodebok.domain.span import Span
from kodebok.export.model import ChosenQuote, StudyView
from kodebok.study.proof_citing import cites_literature, tells_of_notes
from kodebok.study.proof_findings import Finding, Kind
from kodebok.study.proof_manuscript import Manuscript
from kodebok.study.proof_matching import Change, Match, Matcher, Wanted
from kodebok.study.proof_quotations import Form, Quotation, find_quotations
from kodebok.study.proof_text import Passage, read_passage
from kodebok.study.proof_voices import Said, Voices

FEWEST_WORDS = 4  # shorter ones are terms, titles and irony
FEWEST_EXTRA = 2  # words beyond the chosen passage that are worth a remark
_SHARED_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A quotation with the place that it comes from."""

    quotation: Quotation
    match: Match
    said: Said


class Judge:
    """Judges the quotations of one manuscript.

    Args:
        view: The study.
        manuscript: What its author wrote.
    """

    def __init__(self, view: StudyView, manuscript: Manuscript) -> None:
        self._view, self._manuscript = view, manuscript
        self._matcher = Matcher(view.texts)
        self._voices = Voices(view)
        self._chosen: dict[str, list[ChosenQuote]] = defaultdict(list)
        for chosen in view.quotes:
            self._chosen[chosen.quote.source_id].append(chosen)
        named = (*(code.name for code in view.codes), *(theme.name for theme in view.themes))
        self._titles = {tuple(read_passage(name).texts) for name in named}
        self._wordings = [
            (" ".join(["", *read_passage(c.quote.wording).texts, ""]), c)
            for c in view.quotes
            if c.quote.degree is not Degree.VERBATIM and c.quote.wording.strip()
        ]

    def findings(self) -> list[Finding]:
        """Everything that can be said of the quotations."""
        found: list[Finding] = []
        judged: list[Judged] = []
        for quotation in find_quotations(self._manuscript):
            passage = self._passage(quotation)
            if len(passage.words) < FEWEST_WORDS or tuple(passage.texts) in self._titles:
                continue
            match = self._as_chosen(passage) or self._find(quotation, passage)
            if match is None:
                found += self._not_found(quotation, passage)
                continue
            trimmed = _trimmed(quotation, passage, match)
            said = self._voices.at(match.source_id, match.start, match.end)
            judged.append(Judged(trimmed, match, said))
        for one in judged:
            found += self._of_one(one)
        return [*found, *self._repeated(judged), *self._dominant(judged)]

    def _passage(self, quotation: Quotation) -> Passage:
        text = self._manuscript.paragraphs[quotation.paragraph].text
        return read_passage(text, quotation.start, quotation.end)

    def _as_chosen(self, passage: Passage) -> Match | None:
        """The chosen quote whose own wording, lightly edited or translated, is printed."""
        words = " ".join(["", *passage.texts, ""])
        for wording, chosen in self._wordings:
            if words in wording:
                quote = chosen.quote
                return Match(quote.source_id, quote.start, quote.end, -1, -1, {}, (0, 0))
        return None

    def _find(self, quotation: Quotation, passage: Passage) -> Match | None:
        named = self._voices.named_cases(quotation.around)
        is_cited = cites_literature(quotation.around)

        def prefer(match: Match) -> int:
            said = self._voices.at(match.source_id, match.start, match.end)
            is_chosen = any(
                c.quote.span.overlaps(Span(match.start, match.end))
                for c in self._chosen[match.source_id]
            )
            return 2 * (said.case_id in named) + is_chosen

        return self._matcher.find(
            Wanted(
                passage,
                quotation.loose_start,
                quotation.loose_end,
                is_sure=quotation.is_sure and not is_cited,
                prefer=prefer,
            )
        )

    def _not_found(self, quotation: Quotation, passage: Passage) -> Iterator[Finding]:
        if cites_literature(quotation.around):
            yield self._finding(Kind.LITERATURE, quotation)
        elif quotation.is_sure:
            is_long = quotation.loose_end and len(passage.words) > FEWEST_WORDS
            yield self._finding(
                Kind.MISSING, _first_sentence(self._manuscript, quotation) if is_long else quotation
            )

    def _finding(self, kind: Kind, quotation: Quotation, match: Match | None = None) -> Finding:
        text = self._manuscript.paragraphs[quotation.paragraph].text
        finding = Finding(
            kind,
            quotation.paragraph,
            quotation.start,
            quotation.end,
            text[quotation.start : quotation.end],
        )
        if match is None:
            return finding
        source = self._view.sources[match.source_id].name
        return replace(finding, source=source, start=match.start, end=match.end)

    def _of_one(self, one: Judged) -> Iterator[Finding]:
        match, quotation = one.match, one.quotation
        voice = self._voices.label(one.said.case_id)
        is_clean = match.is_identical
        kind = Kind.IDENTICAL if is_clean else Kind.DRIFTED
        yield replace(self._finding(kind, quotation, match), changes=match.changes, voice=voice)
        doubt = self._voices.doubt(one.said, match.source_id, quotation.around)
        if doubt:
            found = self._finding(Kind.OTHER_VOICE, quotation, match)
            yield replace(found, voice=voice, named=doubt.named)
        source = self._view.sources[match.source_id]
        if source.type.is_notes and not tells_of_notes(quotation.around.text):
            yield replace(self._finding(Kind.AFTER_NOTES, quotation, match), voice=voice)
        if not self._view.is_heard(match.source_id, Span(match.start, match.end)):
            yield replace(self._finding(Kind.UNHEARD, quotation, match), voice=voice)
        extra = self._beyond_chosen(match)
        if extra:
            found = self._finding(Kind.LONGER, quotation, match)
            yield replace(found, voice=voice, changes=extra)

    def _beyond_chosen(self, match: Match) -> tuple[Change, ...]:
        """Printed words of a chosen passage that lie outside it, or in what was cut from it."""
        place = Span(match.start, match.end)
        near = [c.quote for c in self._chosen[match.source_id] if c.quote.span.overlaps(place)]
        if not near or not match.printed:
            return ()
        outside: list[int] = []
        for position, word in sorted(match.printed.items()):
            at = self._matcher.index.offsets(position, position)[0]
            covering = [q for q in near if q.start <= at < q.end]
            kept = [
                q
                for q in covering
                if not any(cut.start <= at - q.start < cut.end for cut in q.cuts)
            ]
            if word and not kept:
                outside.append(position)
        if len(outside) < FEWEST_EXTRA:
            return ()
        return tuple(Change("", self._matcher.words_of_source(run)) for run in _runs(outside))

    def _repeated(self, judged: Sequence[Judged]) -> Iterator[Finding]:
        """Passages quoted in several places, with other words in a later one."""
        by_source: dict[str, list[Judged]] = defaultdict(list)
        for one in judged:
            if one.match.printed:
                by_source[one.match.source_id].append(one)
        for group in by_source.values():
            for place, later in enumerate(group):
                other = next((o for o in group[:place] if _differ(o.match, later.match)), None)
                if other:
                    found = self._finding(Kind.REPEATED, later.quotation, later.match)
                    changes = _changes_between(other.match, later.match)
                    yield replace(found, other=other.quotation.paragraph, changes=changes)

    def _dominant(self, judged: Sequence[Judged]) -> Iterator[Finding]:
        people = [c.id for c in self._view.cases.values() if c.kind is CaseKind.PARTICIPANT]
        quoted = [one.said.case_id for one in judged if one.said.case_id in people]
        spread = spread_of_voices([case_id for case_id in quoted if case_id], people)
        if spread.dominant:
            times = dict(spread.counts)[spread.dominant]
            yield Finding(Kind.DOMINANT, voice=self._voices.label(spread.dominant), times=times)


def _trimmed(quotation: Quotation, passage: Passage, match: Match) -> Quotation:
    """The quotation without what does not belong to it at a loose end."""
    first, last = match.words
    start, end = quotation.start, quotation.end
    if quotation.loose_start and first:
        start = passage.words[first].start
    if quotation.loose_end and last + 1 < len(passage.words) and match.printed:
        end = passage.words[last].end
    return replace(quotation, start=start, end=end)


def _first_sentence(manuscript: Manuscript, quotation: Quotation) -> Quotation:
    from kodebok.domain.text import sentence_spans

    text = manuscript.paragraphs[quotation.paragraph].text
    spans = sentence_spans(text, quotation.start, quotation.end)
    return replace(quotation, end=spans[0].end) if spans else quotation


def _runs(positions: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for position in positions:
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs


def _shared(one: Match, other: Match) -> list[int]:
    """Positions that both print, when the two passages are for a good part the same."""
    if one.last < other.first or other.last < one.first:
        return []
    shared = sorted(one.printed.keys() & other.printed.keys())
    shortest = min(len(one.printed), len(other.printed))
    return shared if len(shared) >= max(FEWEST_WORDS, _SHARED_HALF * shortest) else []


def _differ(one: Match, other: Match) -> bool:
    return any(one.printed[p] != other.printed[p] for p in _shared(one, other))


def _changes_between(first: Match, later: Match) -> tuple[Change, ...]:
    different = [p for p in _shared(first, later) if first.printed[p] != later.printed[p]]
    return tuple(
        Change(
            " ".join(first.printed[p] for p in run if first.printed[p]),
            " ".join(later.printed[p] for p in run if later.printed[p]),
        )
        for run in _runs(different)
    )


__all__ = ["Form", "Judge"]
