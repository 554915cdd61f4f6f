"""Sending a package to a supervisor: chosen, packed, judged by the gate, written, logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kodebok.domain.departure import Recipient
from kodebok.domain.ids import now
from kodebok.domain.review import ReviewForm, ReviewPackage
from kodebok.domain.text import canonicalise, fold_space
from kodebok.errors import ProtectionError, WrongUseError
from kodebok.i18n import translator
from kodebok.review.choosing import Wish, choose
from kodebok.review.packing import Packed, pack
from kodebok.review.settling import outcomes_for
from kodebok.storage import anonymisation, reviews, wonderings
from kodebok.storage.encrypted import encrypt
from kodebok.study.departing import log_export
from kodebok.study.gating import study_gate
from kodebok.study.opening import Study
from kodebok.study.view import load_view

_ = translator("review")

EXPORT_KIND = "review"


@dataclass(frozen=True, slots=True)
class SentPackage:
    """What was written.

    Attributes:
        items: How many things there are to answer on.
        sentences: What the gate said.
    """

    package: ReviewPackage
    path: Path
    items: int
    sentences: tuple[str, ...]


def check_may_send(study: Study) -> None:
    """See that the study is anonymised, before anything is asked or made.

    Raises:
        ProtectionError: K970, anonymisation was never applied.
    """
    if not anonymisation.is_applied(study.store):
        raise ProtectionError(
            _("nothing is sent to others before the study is anonymised"),
            _("apply it with 'kodebok anonymise --apply', and send then"),
            "K970",
        )


def plan_package(study: Study, wish: Wish) -> Packed:
    """What would be sent.

    Raises:
        WrongUseError: What was asked for does not fit, or is not there.
    """
    _check_wish(wish)
    view = load_view(study)
    chosen = choose(view, wish, wonderings.load_wonderings(study.store))
    return pack(
        view,
        wish,
        chosen,
        made_on=date.today().isoformat(),  # noqa: DTZ011 - the user's own day
        taken=reviews.load_marks(study.store),
        outcomes=outcomes_for(study.store, wish.recipient),
    )


def _check_wish(wish: Wish) -> None:
    if not wish.recipient.strip():
        raise WrongUseError(_("a package needs someone to go to"), _("name them with --to"), "K985")
    try:
        date.fromisoformat(wish.due or "2000-01-01")
    except ValueError:
        raise WrongUseError(
            _("the date cannot be read"), _("write it as 2026-12-31"), "K986"
        ) from None


def default_path(study: Study, wish: Wish) -> Path:
    """Where a package goes when no path is given: a name in the folder `exports` that is free."""
    day = date.today().isoformat()  # noqa: DTZ011 - the user's own day
    stem = f"{_('supervision')}-{day}"
    folder, suffix = study.folder / "exports", wish.form.suffix
    names = (f"{stem}{'' if n == 1 else f'-{n}'}.{suffix}" for n in range(1, 10_000))
    return next(folder / name for name in names if not (folder / name).exists())


def send(
    study: Study,
    wish: Wish,
    path: Path | None = None,
    *,
    passphrase: str = "",
    despite: str = "",
) -> SentPackage:
    """Write a package and note it: who gets what, and until when.

    Args:
        study: The open study.
        wish: What goes, in which form, to whom.
        path: Where to; the study's folder `exports` when None.
        passphrase: Of a package for kodebok.
        despite: Why it is sent although the gate finds something; it is logged.

    Raises:
        ProtectionError: The study is not anonymised (K970), or the gate stops it (K411).
        WrongUseError: What was asked for does not fit, or a file of that name is there.
        KodebokError: The disk is full, or the place cannot be written.
    """
    from kodebok.export.write import write_export

    check_may_send(study)
    packed = plan_package(study, wish)
    target = path or default_path(study, wish)
    content = _content_of(study, wish, packed)
    is_sealed = wish.form is ReviewForm.KODEBOK
    if is_sealed and not passphrase:
        raise WrongUseError(
            _("a package for kodebok needs a passphrase"), _("choose one, and tell it"), "K987"
        )
    verdict = write_export(
        target,
        content,
        study_gate(study, for_others=True, despite=despite),
        kind=EXPORT_KIND,
        seal=(lambda plain: encrypt(plain, passphrase)) if is_sealed else None,
    )
    package = ReviewPackage(
        id=packed.content.id,
        recipient=fold_space(canonicalise(wish.recipient)),
        form=wish.form,
        coder_id=study.coder.id,
        made=now(),
        due=wish.due,
        questions=canonicalise(wish.questions),
        chosen=_in_words(packed, wish),
        file_name=target.name,
    )
    with study.store.act(reviews.SEND_KIND, study.coder.id, package.id) as act:
        reviews.add_package(act, package, packed.items)
    log_export(study, target, EXPORT_KIND, target.read_bytes(), Recipient.SUPERVISOR)
    return SentPackage(package, target, len(packed.items), verdict.sentences)


def _content_of(study: Study, wish: Wish, packed: Packed) -> bytes:
    """The file, not yet encrypted."""
    if wish.form is ReviewForm.INTERVIEW:
        from kodebok.review.interview import interview_docx

        return interview_docx(load_view(study), packed)
    if wish.form is ReviewForm.HTML:
        from kodebok.review.page import page_html

        return page_html(packed.content)
    if wish.form is ReviewForm.KODEBOK:
        from kodebok.review.content import package_bytes

        return package_bytes(packed.content)
    from kodebok.review.word_out import package_docx

    return package_docx(packed.content)


def _in_words(packed: Packed, wish: Wish) -> str:
    """What was chosen: the codes, themes and sources of the items, and how they were taken."""
    named = dict.fromkeys(item.code for item in packed.content.items if item.code)
    taken = []
    if wish.doubtful:
        taken.append(_("the {n} most in doubt", n=wish.doubtful))
    if wish.sample:
        taken.append(_("a sample of {n}, drawn with {seed}", n=wish.sample, seed=wish.seed))
    if wish.form is ReviewForm.INTERVIEW:
        return packed.content.items[0].where
    return "; ".join([*taken, *named])
