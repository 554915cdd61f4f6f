"""Looking at text that comes after anonymisation was applied: does it name someone again?"""

from __future__ import annotations

from kodebok.anonymise.finding import TextToSearch, find_identifiers
from kodebok.anonymise.mentions import MentionFinder
from kodebok.domain.identifier import Tier
from kodebok.i18n import plural_translator, translator
from kodebok.storage import anonymisation
from kodebok.study.opening import Study

_ = translator("study")
_n = plural_translator("study")


def sentences_on_new_text(study: Study, text: str) -> list[str]:
    """What to tell of words that were brought in, or typed in a correction; nothing before.

    With an open key they are compared with the originals, else the finders look at them.
    """
    if not anonymisation.is_applied(study.store):
        return []
    count = len(_known_in(study, text)) or _likely_in(text)
    said = [_("anonymisation is not applied to this text yet: run 'kodebok anonymise --apply'")]
    if count:
        said.insert(
            0,
            _n(
                "{n} place in the new text may name someone",
                "{n} places in the new text may name someone",
                count,
            ),
        )
    return said


def _known_in(study: Study, text: str) -> list[object]:
    if study.key is None:
        return []
    known = [one for one in study.key.content.entities.values() if one.originals]
    return list(MentionFinder(known).find(text))


def _likely_in(text: str) -> int:
    found = find_identifiers([TextToSearch("", text)])
    return sum(one.tier is Tier.LIKELY for one in found)
