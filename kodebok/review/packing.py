"""A package made of what was chosen: its content for the reader, and its items for the study."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kodebok.domain.code import Code
from kodebok.domain.coding import Excerpt
from kodebok.domain.ids import new_id
from kodebok.domain.note import Theme
from kodebok.domain.review import ReviewForm, ReviewItem, ReviewTarget, mark_of
from kodebok.domain.source import Source
from kodebok.domain.span import Span
from kodebok.export.model import StudyView
from kodebok.i18n import translator_to
from kodebok.review.choosing import Chosen, Wish, notes_on
from kodebok.review.content import CodeEntry, Outcome, PackageContent, Shown
from kodebok.review.context import surroundings


@dataclass(frozen=True, slots=True)
class Packed:
    """A package before it is written: what the reader sees, and what the study keeps."""

    content: PackageContent
    items: tuple[ReviewItem, ...]


def pack(
    view: StudyView,
    wish: Wish,
    chosen: Chosen,
    *,
    made_on: str,
    taken: Iterable[str] = (),
    outcomes: tuple[Outcome, ...] = (),
) -> Packed:
    """Make a package.

    Args:
        view: The study.
        wish: What was asked for.
        chosen: What that means.
        made_on: ISO date.
        taken: Printed ids that were given before.
        outcomes: What became of the reader's earlier answers.
    """
    packer = _Packer(view, wish, set(taken))
    if wish.form is ReviewForm.INTERVIEW:
        packer.add_source(view.sources[wish.source_ids[0]])
    for theme in chosen.themes:
        packer.add_theme(theme)
    for code in chosen.codes:
        packer.add_code(code)
    for excerpt in chosen.excerpts:
        packer.add_excerpt(excerpt)
    known = {item.target_id for item in packer.items}
    content = PackageContent(
        id=packer.package_id,
        title=packer.title(),
        language=packer.language,
        made_on=made_on,
        items=tuple(packer.shown),
        due=wish.due,
        questions=wish.questions,
        definitions=_definitions(view, chosen) if wish.definitions else (),
        codes=tuple(view.codes.path(code.id) for code in view.codes),
        memos=tuple(
            n.text for n in view.notes if n.id in wish.memo_ids and n.target_id not in known
        ),
        outcomes=outcomes,
    )
    return Packed(content, tuple(packer.items))


def _definitions(view: StudyView, chosen: Chosen) -> tuple[CodeEntry, ...]:
    used = {e.code_id for e in chosen.excerpts} | {code.id for code in chosen.codes}
    used |= {code_id for theme in chosen.themes for code_id in theme.code_ids}
    return tuple(
        CodeEntry(view.codes.path(code.id), code.definition, code.use_when, code.not_when)
        for code in view.codes
        if code.id in used
    )


class _Packer:
    """Gathers the items of one package, with printed ids that no other item has."""

    def __init__(self, view: StudyView, wish: Wish, taken: set[str]) -> None:
        self._view, self._wish, self._taken = view, wish, taken
        self.package_id = new_id()
        self.language = wish.language or view.project.language
        self._ = translator_to(self.language, "review")
        self.items: list[ReviewItem] = []
        self.shown: list[Shown] = []

    def title(self) -> str:
        """What the package is called."""
        return self._("Excerpts to talk about: {title}", title=self._view.project.title)

    def add_source(self, source: Source) -> None:
        """A whole interview, to be answered on anywhere."""
        text = self._view.texts[source.id]
        item = self._item(ReviewTarget.SOURCE, source.id, source_id=source.id)
        self._keep(item, Shown(item.mark, ReviewTarget.SOURCE, source.name, "", words=text))

    def add_theme(self, theme: Theme) -> None:
        """A theme, with its idea."""
        codes = self._view.codes
        gathered = ", ".join(codes.path(i) for i in theme.code_ids if i in codes)
        told = "\n".join(part for part in (theme.idea, gathered) if part)
        item = self._item(ReviewTarget.THEME, theme.id)
        self._keep(item, Shown(item.mark, item.target, self._("Theme"), theme.name, told))

    def add_code(self, code: Code) -> None:
        """A code, with its definition."""
        path = self._view.codes.path(code.id)
        item = self._item(ReviewTarget.CODE, code.id, code_id=code.id)
        self._keep(item, Shown(item.mark, item.target, self._("Code"), path, code.definition))

    def add_excerpt(self, excerpt: Excerpt) -> None:
        """A passage with its code and what stands around it."""
        around = surroundings(self._view, excerpt.source_id, excerpt.span)
        code = self._view.codes[excerpt.code_id]
        item = self._item(
            ReviewTarget.CODING,
            excerpt.id,
            code_id=excerpt.code_id,
            source_id=excerpt.source_id,
            span=excerpt.span,
            text=excerpt.text,
        )
        self._keep(
            item,
            Shown(
                mark=item.mark,
                target=item.target,
                where=" · ".join(part for part in (excerpt.source, around.voice) if part),
                code=excerpt.code,
                definition=code.definition if self._wish.definitions else "",
                before=around.before,
                lead=around.lead,
                words=excerpt.text,
                rest=around.rest,
            ),
        )

    def _keep(self, item: ReviewItem, shown: Shown) -> None:
        self.items.append(item)
        memos = notes_on(self._view.notes, self._wish.memo_ids, item.target_id)
        fields = {name: getattr(shown, name) for name in Shown.__slots__}
        self.shown.append(Shown(**{**fields, "memos": memos}))

    def _item(
        self,
        target: ReviewTarget,
        target_id: str,
        *,
        code_id: str | None = None,
        source_id: str | None = None,
        span: Span | None = None,
        text: str = "",
    ) -> ReviewItem:
        item_id = new_id()
        while mark_of(item_id) in self._taken:
            item_id = new_id()
        self._taken.add(mark_of(item_id))
        return ReviewItem(
            id=item_id,
            package_id=self.package_id,
            mark=mark_of(item_id),
            target=target,
            target_id=target_id,
            position=len(self.items),
            code_id=code_id,
            source_id=source_id,
            start=span.start if span else None,
            end=span.end if span else None,
            text=text,
        )
