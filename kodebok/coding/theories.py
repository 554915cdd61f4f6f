"""Theory in the study: the register, its links to codes, the matrix, steps and questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kodebok.coding.wondering import find_wondering
from kodebok.domain.code import SHORTEST_ID, Code, CodeTree
from kodebok.domain.coding import Coding, Weight
from kodebok.domain.ids import new_id, now
from kodebok.domain.project import Question
from kodebok.domain.text import canonicalise, fold_space
from kodebok.domain.theory import Theory, TheoryStep
from kodebok.errors import WrongUseError
from kodebok.i18n import translator
from kodebok.storage import codes, codings, projects, theories
from kodebok.storage.database import Store
from kodebok.storage.history import Act

_ = translator("theory")


def register(store: Store) -> list[Theory]:
    """The register, with the theories that codes name and nobody has written into it."""
    written = theories.load_theories(store)
    known = {theory.name.casefold() for theory in written}
    named = {
        name.casefold(): name
        for code in codes.load_code_tree(store)
        for name in code.theory
        if name.casefold() not in known
    }
    return sorted([*written, *(Theory("", name) for name in named.values())], key=_by_name)


def _by_name(theory: Theory) -> str:
    return theory.name.casefold()


def linked_codes(tree: CodeTree, theory: Theory) -> list[Code]:
    """The codes that are linked to a theory, in the codebook's order."""
    wanted = theory.name.casefold()
    return [code for code in tree if wanted in {name.casefold() for name in code.theory}]


def find_theory(store: Store, typed: str) -> Theory:
    """The theory of that name, or of the first signs of an id (four at least).

    Raises:
        WrongUseError: There is none, or more than one (K380).
    """
    wanted = fold_space(typed)
    listed = register(store)
    found = [theory for theory in listed if theory.name.casefold() == wanted.casefold()]
    if not found and len(wanted) >= SHORTEST_ID:
        found = [theory for theory in listed if theory.id.startswith(wanted)]
    if len(found) != 1:
        raise WrongUseError(
            _("no theory has that name"), _("see 'kodebok theory' for what there is"), "K380"
        )
    return found[0]


def add_theory(
    store: Store, coder_id: str, name: str, author: str = "", year: str = "", says: str = ""
) -> Theory:
    """Write a theory into the register.

    Raises:
        WrongUseError: The name is empty or stands there already (K381).
    """
    theory = Theory(
        new_id(), _free_name(store, name), fold_space(author), fold_space(year), _typed(says)
    )
    with store.act(theories.ADD_KIND, coder_id, theory.id) as act:
        theories.add_theory(act, theory)
    return theory


def _typed(words: str) -> str:
    return canonicalise(words).strip()


def _free_name(store: Store, name: str, own_id: str = "") -> str:
    folded = fold_space(canonicalise(name))
    taken = {t.name.casefold() for t in theories.load_theories(store) if t.id != own_id}
    if not folded or folded.casefold() in taken:
        raise WrongUseError(
            _("a theory needs a name that no other has"),
            _("choose another name, or change the one that is there"),
            "K381",
        )
    return folded


def change_theory(store: Store, coder_id: str, theory: Theory, **fields: str) -> Theory:
    """Change what is known of a theory; a new name is followed by the links to it.

    One that only codes named is written into the register first.
    """
    values = {name: _typed(value) for name, value in fields.items()}
    if "name" in values:
        values["name"] = _free_name(store, values["name"], theory.id)
    with store.act(theories.CHANGE_KIND, coder_id, theory.id) as act:
        kept = theory if theory.id else add_theory(store, coder_id, theory.name)
        if "name" in values:
            _relink(act, codes.load_code_tree(store), theory.name, values["name"])
        theories.change_theory(act, kept.id, **values)
    return next(t for t in theories.load_theories(store) if t.id == kept.id)


def remove_theory(store: Store, coder_id: str, theory: Theory) -> None:
    """Take a theory out of the register, with its links; codes stay."""
    with store.act(theories.REMOVE_KIND, coder_id, theory.id) as act:
        _relink(act, codes.load_code_tree(store), theory.name, None)
        if theory.id:
            theories.remove_theory(act, theory.id)


def _relink(act: Act, tree: CodeTree, old: str, new: str | None) -> None:
    for code in tree:
        linked = [(new if name.casefold() == old.casefold() else name) for name in code.theory]
        kept = tuple(dict.fromkeys(name for name in linked if name is not None))
        if kept != code.theory:
            codes.change_code(act, code.id, theory=kept)


def link(
    store: Store, coder_id: str, theory: Theory, linked: Iterable[Code], *, undo: bool = False
) -> None:
    """Link a theory and codes, or take links away; one that only codes named is registered."""
    wanted = theory.name.casefold()
    with store.act(theories.LINK_KIND, coder_id, theory.id) as act:
        for code in linked:
            others = tuple(name for name in code.theory if name.casefold() != wanted)
            now_linked = others if undo else (*others, theory.name)
            if set(now_linked) != set(code.theory):
                codes.change_code(act, code.id, theory=now_linked)


@dataclass(frozen=True, slots=True)
class TheoryCell:
    """What a theory has met in one category.

    Attributes:
        codes: How many codes of the category are linked to the theory.
        codings: Codings of these.
        supports, nuances, contradicts: How many of them were weighed so.
        shared: Passages of the category that share words with one coded with the theory itself,
            where the codebook has a code of the theory's name.
    """

    codes: int
    codings: int
    supports: int
    nuances: int
    contradicts: int
    shared: int


@dataclass(frozen=True, slots=True)
class TheoryMatrix:
    """Theories against categories (top codes).

    Attributes:
        cells: By name of the theory and id of the category, those where they have met.
        without_theory: Ids of categories that no theory has met.
        without_data: Names of theories that have met no category.
    """

    theories: tuple[str, ...]
    categories: tuple[str, ...]
    cells: dict[tuple[str, str], TheoryCell]

    @property
    def without_theory(self) -> tuple[str, ...]:
        """Ids of categories that no theory has met."""
        met = {category for _name, category in self.cells}
        return tuple(category for category in self.categories if category not in met)

    @property
    def without_data(self) -> tuple[str, ...]:
        """Names of theories that have met no category."""
        met = {name for name, _category in self.cells}
        return tuple(name for name in self.theories if name not in met)


def load_theory_matrix(store: Store) -> TheoryMatrix:
    """What each theory has met in each category that holds anything else than theories."""
    tree = codes.load_code_tree(store)
    listed = register(store)
    names = {theory.name.casefold() for theory in listed}
    of_theory = {
        below.id
        for code in tree
        if code.name.casefold() in names
        for below in (code, *tree.descendants(code.id))
    }
    categories = [
        top.id
        for top in tree.children(None)
        if any(c.id not in of_theory for c in _ends(tree, top))
    ]
    made = codings.load_codings(store)
    cells = {}
    for theory in listed:
        for category in categories:
            cell = _cell(tree, theory, category, made, of_theory)
            if cell.codes or cell.shared:
                cells[theory.name, category] = cell
    return TheoryMatrix(tuple(t.name for t in listed), tuple(categories), cells)


def _ends(tree: CodeTree, top: Code) -> Iterable[Code]:
    """The codes of a category that have none below them."""
    return [c for c in (top, *tree.descendants(top.id)) if not tree.children(c.id)]


def _cell(
    tree: CodeTree, theory: Theory, category: str, made: Sequence[Coding], of_theory: set[str]
) -> TheoryCell:
    inside = {category, *(code.id for code in tree.descendants(category))} - of_theory
    linked = {code.id for code in linked_codes(tree, theory)} & inside
    met = [coding for coding in made if coding.code_id in linked]
    wanted = theory.name.casefold()
    own = [c for c in made if tree[c.code_id].name.casefold() == wanted]
    shared = sum(
        any(c.source_id == t.source_id and c.span.overlaps(t.span) for t in own)
        for c in made
        if own and c.code_id in inside
    )
    weights = [coding.weight for coding in met]
    return TheoryCell(
        codes=len(linked),
        codings=len(met),
        supports=weights.count(Weight.SUPPORTS),
        nuances=weights.count(Weight.NUANCES),
        contradicts=weights.count(Weight.CONTRADICTS),
        shared=shared,
    )


def add_step(
    store: Store,
    coder_id: str,
    *,
    wondering: str = "",
    surprise: str = "",
    theory: str = "",
    changed: str = "",
) -> TheoryStep:
    """Note a step: what surprised, which theory was fetched, what changed.

    Args:
        store: The project.
        coder_id: Whose step it is.
        wondering: The first signs of the id of the wondering that it began with.
        surprise: What surprised; what the wondering says when empty.
        theory: Which theory was fetched; what the wondering is against when empty.
        changed: What changed.

    Raises:
        WrongUseError: Nothing is said (K382), or there is no such wondering.
    """
    begun = find_wondering(store, wondering) if wondering else None
    step = TheoryStep(
        new_id(),
        coder_id,
        now(),
        begun.id if begun else None,
        _typed(surprise) or (begun.surprise if begun else ""),
        _typed(theory) or (begun.theory if begun else ""),
        _typed(changed),
    )
    if not (step.surprise or step.theory or step.changed):
        raise WrongUseError(
            _("a step says what surprised, which theory was fetched, or what changed"),
            _("give --surprise, --theory or --changed"),
            "K382",
        )
    with store.act(theories.STEP_KIND, coder_id, step.id) as act:
        theories.add_step(act, step)
    return step


def remove_step(store: Store, coder_id: str, typed: str) -> None:
    """Take a step out of the log.

    Raises:
        WrongUseError: None has that id, or more than one (K383).
    """
    wanted = typed.strip()
    found = [s for s in theories.load_steps(store) if s.id.startswith(wanted)]
    if len(wanted) < SHORTEST_ID or len(found) != 1:
        raise WrongUseError(
            _("no step has that id, or more than one has"),
            _("see 'kodebok theory step', and give more of the id"),
            "K383",
        )
    with store.act(theories.UNSTEP_KIND, coder_id, found[0].id) as act:
        theories.remove_step(act, found[0].id)


def add_question(store: Store, coder_id: str, text: str) -> Question:
    """Write a research question, after the others.

    Raises:
        WrongUseError: It is empty (K384).
    """
    last = max((q.position for q in projects.load_questions(store)), default=-1)
    with store.act("question.add", coder_id) as act:
        return projects.add_question(act, _question(text), last + 1)


def _question(text: str) -> str:
    typed = _typed(text)
    if not typed:
        raise WrongUseError(_("the question is empty"), _("write it in words"), "K384")
    return typed


def change_question(store: Store, coder_id: str, number: int, text: str) -> None:
    """Write the question of a number (from 1) anew.

    Raises:
        WrongUseError: It is empty (K384), or there is none of that number (K385).
    """
    question = _numbered(store, number)
    with store.act("question.change", coder_id, question.id) as act:
        projects.change_question(act, question.id, _question(text))


def remove_question(store: Store, coder_id: str, number: int) -> None:
    """Remove the question of a number, from 1.

    Raises:
        WrongUseError: There is none of that number (K385).
    """
    question = _numbered(store, number)
    with store.act("question.remove", coder_id, question.id) as act:
        projects.remove_question(act, question.id)


def _numbered(store: Store, number: int) -> Question:
    listed = projects.load_questions(store)
    if not 1 <= number <= len(listed):
        raise WrongUseError(
            _("there is no research question of that number"),
            _("see 'kodebok theory questions'"),
            "K385",
        )
    return listed[number - 1]
