"""The chapter of findings: quotes under the codebook's headings, in the author's way of quoting."""

from __future__ import annotations

from collections import Counter, defaultdict

from kodebok.domain.code import Code
from kodebok.domain.quote import Quote
from kodebok.export.chapter_doubts import chapter_doubts
from kodebok.export.document import Block, Document, Paragraph, ParagraphKind, Run, Table, paragraph
from kodebok.export.model import ChosenQuote, StudyView
from kodebok.export.presets import Placement, Preset, fill_template
from kodebok.export.quoting import PrintedQuote, print_quote, quote_remarks
from kodebok.export.tables import informants_table, matrix_table
from kodebok.export.voices import (
    SectionVoices,
    in_sentence,
    participant_id,
    printed_date,
    type_word,
)
from kodebok.i18n import translator_to


def make_chapter(
    view: StudyView,
    preset: Preset,
    *,
    language: str = "",
    title: str = "",
    made_on: str = "",
    command: str = "",
    with_informants: bool = True,
    with_matrix: bool = False,
    from_codings: bool | None = None,
) -> Document:
    """A chapter with a section for each code that has quotes, in the codebook's order.

    Args:
        view: The study.
        preset: How quotes are printed.
        language: `nb`, `nn` or `en`; the project's when empty.
        title: Of the chapter; a plain "Findings" when empty.
        made_on: ISO date for the closing line and the properties.
        command: The command that makes the chapter again.
        with_informants: Whether a table of the participants stands at the end.
        with_matrix: Whether the table of codes and participants stands there too.
        from_codings: Whether every coded passage is printed; by default only when no quote is
            chosen.
    """
    return _ChapterMaker(view, preset, language or view.project.language, from_codings).make(
        title, made_on, command, with_informants=with_informants, with_matrix=with_matrix
    )


def quotes_of_codings(view: StudyView) -> tuple[ChosenQuote, ...]:
    """Every coded passage as a verbatim quote; the same passage by two coders comes once."""
    ids = view.case_ids_by_name()
    found: dict[tuple[str, str, int, int], ChosenQuote] = {}
    for e in view.excerpts:
        found.setdefault(
            (e.code_id, e.source_id, e.start, e.end),
            ChosenQuote(
                Quote(e.id, e.source_id, e.start, e.end, e.text, code_id=e.code_id),
                e.text,
                case_id=ids.get(e.case) if e.case else None,
                speaker=e.speaker,
            ),
        )
    return tuple(found.values())


class _ChapterMaker:
    """Gathers what the sections of one chapter share."""

    def __init__(
        self, view: StudyView, preset: Preset, language: str, from_codings: bool | None
    ) -> None:
        self.view, self.preset, self.language = view, preset, language
        self.words = translator_to(language, "export")
        self.is_from_codings = not view.quotes if from_codings is None else from_codings
        self.quotes = quotes_of_codings(view) if self.is_from_codings else view.quotes
        self.numbers = view.case_numbers()
        self.condensed = {
            (c.coding_id or (c.code_id, c.case_id)): c.text for c in view.condensations
        }
        self.by_code: dict[str | None, list[ChosenQuote]] = defaultdict(list)
        order = {source_id: place for place, source_id in enumerate(view.sources)}
        for chosen in sorted(
            self.quotes,
            key=lambda c: (c.quote.position, order.get(c.quote.source_id, 0), c.quote.start),
        ):
            code_id = chosen.quote.code_id
            self.by_code[code_id if code_id and code_id in view.codes else None].append(chosen)

    def make(
        self, title: str, made_on: str, command: str, *, with_informants: bool, with_matrix: bool
    ) -> Document:
        _ = self.words
        name = title or _("Findings")
        blocks: list[Block] = [paragraph(ParagraphKind.HEADING_1, name)]
        for code in self.view.codes.children(None):
            blocks += self._section(code, 2)
        if self.by_code[None]:
            blocks.append(paragraph(ParagraphKind.HEADING_2, _("Without a code")))
            blocks += self._quotes(self.by_code[None])
        tables = self._tables(with_informants=with_informants, with_matrix=with_matrix)
        if tables:
            blocks += [paragraph(ParagraphKind.HEADING_2, _("The material")), *tables]
        blocks.append(paragraph(ParagraphKind.CLOSING, self._closing(made_on, command)))
        doubts = chapter_doubts(self.view, self.quotes)
        return Document(name, self.language, tuple(blocks), made_on, doubts=doubts)

    def _tables(self, *, with_informants: bool, with_matrix: bool) -> list[Table]:
        tables = []
        if with_informants and self.numbers:
            used = Counter(c.case_id for c in self.quotes if c.case_id)
            tables.append(informants_table(self.view, self.language, dict(used)))
        if with_matrix and self.view.excerpts:
            tables.append(matrix_table(self.view, self.language))
        return tables

    def _section(self, code: Code, level: int) -> list[Block]:
        """The code's heading, quotes and mini-summary, and the sections below it."""
        below = [
            b
            for child in self.view.codes.children(code.id)
            for b in self._section(child, level + 1)
        ]
        quotes = self.by_code.get(code.id, [])
        if not quotes and not below:
            return []
        summary = self.view.summaries.get(code.id, "").strip()
        blocks: list[Block] = [paragraph(ParagraphKind.heading(level), code.name)]
        blocks += self._quotes(quotes)
        closing: list[Block] = []
        if summary:
            closing.append(paragraph(ParagraphKind.SUMMARY, summary))
        elif quotes:
            slot = self.words("[Write a short summary of “{code}” here.]", code=code.name)
            closing.append(Paragraph(ParagraphKind.PLACEHOLDER, (Run(slot, slot=True),)))
        return [*blocks, *closing, *below] if quotes else [*blocks, *below, *closing]

    def _quotes(self, quotes: list[ChosenQuote]) -> list[Block]:
        voices = SectionVoices(self.preset.voice, self.language, self.view.project.case_word)
        return [block for chosen in quotes for block in self._set(chosen, voices)]

    def _set(self, chosen: ChosenQuote, voices: SectionVoices) -> list[Block]:
        """A quote with its attribution as paragraphs."""
        printed = print_quote(self.view, chosen, self.preset, self.language)
        attribution = self._attribution(chosen, voices)
        lead, after = (
            (attribution[:1].upper() + attribution[1:], "")
            if self.preset.placement is Placement.LEAD_IN
            else ("", attribution)
        )
        if self.preset.paraphrase:
            return [self._paraphrase(chosen, printed, lead, after)]
        tail = _with_remarks(after, printed.remarks)
        quote_run = Run(printed.marked_words, italic=self.preset.italic, language=printed.language)
        runs = (quote_run, Run(f" {tail}")) if tail else (quote_run,)
        if printed.is_block:
            block = Paragraph(ParagraphKind.QUOTE, runs)
            return [paragraph(ParagraphKind.BODY, lead), block] if lead else [block]
        return [Paragraph(ParagraphKind.BODY, (Run(f"{lead} "), *runs) if lead else runs)]

    def _paraphrase(
        self, chosen: ChosenQuote, printed: PrintedQuote, lead: str, after: str
    ) -> Paragraph:
        """The condensed wording if there is one, else the words, marked as not yet rewritten."""
        quote = chosen.quote
        own = self.condensed.get(quote.id) or self.condensed.get((quote.code_id, chosen.case_id))
        before = (Run(f"{lead} "),) if lead else ()
        if own:
            remarks = [r for r in printed.remarks if r == self.words("after notes")]
            tail = _with_remarks(after, tuple(remarks))
            return Paragraph(ParagraphKind.BODY, (*before, Run(f"{own} {tail}".rstrip())))
        tail = _with_remarks(after, printed.remarks)
        end = (Run(f" {tail}"),) if tail else ()
        if printed.opening:
            body = Run(printed.marked_words, language=printed.language)
        else:
            slot = self.words("[Put this in your own words: “{words}”]", words=printed.words)
            body = Run(slot, slot=True, language=printed.language)
        return Paragraph(ParagraphKind.BODY, (*before, body, *end))

    def _attribution(self, chosen: ChosenQuote, voices: SectionVoices) -> str:
        source = self.view.sources.get(chosen.quote.source_id)
        number = self.numbers.get(chosen.case_id or "")
        role = self.view.printed_role(chosen.case_id)
        voice = chosen.case_id or f"{chosen.quote.source_id}:{chosen.speaker or ''}"
        word = self.view.project.case_word
        values = {
            "informant": voices.name(voice, number, role),
            "n": "" if number is None else str(number),
            "id": "" if number is None else participant_id(number, self.language, word),
            "role": in_sentence(role),
            "date": printed_date(source.date, self.language) if source else "",
            "type": type_word(source.type, self.language) if source else "",
            "code": self.view.codes[chosen.quote.code_id].name
            if chosen.quote.code_id and chosen.quote.code_id in self.view.codes
            else "",
        }
        return fill_template(self.words(self.preset.attribution), values)

    def _closing(self, made_on: str, command: str) -> str:
        _ = self.words
        parts = [
            _("Made with kodebok from every coded passage ({n}).", n=len(self.quotes))
            if self.is_from_codings
            else _("Made with kodebok from the chosen quotes ({n}).", n=len(self.quotes)),
            _("Presentation: {preset}.", preset=self.preset.name),
            self._degrees(),
        ]
        if made_on:
            parts.append(_("Date: {date}.", date=made_on))
        if command:
            parts.append(_("Make it again with: {command}", command=command))
        return " ".join(part for part in parts if part)

    def _degrees(self) -> str:
        """How many quotes are verbatim, and how many are of each lesser kind."""
        if not self.quotes or self.preset.paraphrase:
            return ""
        _ = self.words
        counts: Counter[str] = Counter()
        for chosen in self.quotes:
            remarks = quote_remarks(self.view, chosen, self.language)
            counts["; ".join(remarks) if remarks else _("verbatim")] += 1
        listed = ", ".join(f"{what} {n}" for what, n in counts.most_common())
        return _("Wording: {counts}.", counts=listed)


def _with_remarks(attribution: str, remarks: tuple[str, ...]) -> str:
    """The attribution and the remarks in one parenthesis."""
    if not remarks:
        return attribution
    said = "; ".join(remarks)
    if attribution.endswith(")"):
        return f"{attribution[:-1]}; {said})"
    return f"{attribution} ({said})".strip()
