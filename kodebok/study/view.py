"""A study as the exporters see it, read from the project file at one moment."""

from __future__ import annotations

from kodebok.coding.hearing import load_unheard
from kodebok.coding.quoting import check_quotes
from kodebok.export.model import ChosenQuote, StudyView
from kodebok.storage import cases, codes, codings, notes, projects, sources
from kodebok.storage.codings import ExcerptFilter, load_excerpts
from kodebok.storage.database import Store
from kodebok.study.opening import Study


def load_view(study: Study, wanted: ExcerptFilter | None = None) -> StudyView:
    """Everything that an export may need.

    Args:
        study: The open study.
        wanted: Which coded passages; all when None.
    """
    store = study.store
    tree = codes.load_code_tree(store)
    listed = sources.load_sources(store)
    return StudyView(
        project=projects.load_project(store),
        codes=tree,
        sources={source.id: source for source in listed},
        cases={case.id: case for case in cases.load_cases(store)},
        excerpts=tuple(load_excerpts(store, tree, wanted)),
        quotes=_chosen_quotes(store),
        themes=tuple(notes.load_themes(store)),
        condensations=tuple(notes.load_condensations(store)),
        summaries=codes.load_summaries(store),
        texts={source.id: sources.load_text(store, source.id) for source in listed},
        turns={source.id: tuple(sources.load_turns(store, source.id)) for source in listed},
        speakers={speaker.id: speaker for speaker in sources.load_speakers(store)},
        codings=tuple(codings.load_codings(store)),
        notes=tuple(notes.load_notes(store)),
        users=tuple(projects.load_users(store)),
        variables=tuple(cases.load_variables(store)),
        unheard=load_unheard(store),
        questions=tuple(question.text for question in projects.load_questions(store)),
        role_variable=study.settings.get("role-variable"),
    )


def _chosen_quotes(store: Store) -> tuple[ChosenQuote, ...]:
    chosen = []
    for check in check_quotes(store):
        voice = sources.load_voice_at(store, check.quote.source_id, check.quote.start)
        chosen.append(ChosenQuote(check.quote, check.words_now, voice.case_id, voice.label))
    return tuple(chosen)
