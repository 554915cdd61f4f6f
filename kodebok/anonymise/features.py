"""Features of tokens for the linear classifier, as places in a hashed weight table.

A word's own features (its letters, shape, whether it is an ordinary word) are worked out once for
each different word of a text; features of its surroundings are mixed from the words' hashes for
all tokens at once (feature hashing: Weinberger et al. 2009).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from kodebok.anonymise.ordinary import OrdinaryWords, is_compound, is_nynorsk_form

if TYPE_CHECKING:
    import numpy as np

_SHORTEST_PIECE, _LONGEST_PIECE = 2, 6
_LONGEST_WORD = 60  # letters looked at; what is longer is no word
_FAR = 3  # tokens looked at on each side

_GOLDEN = 0x9E3779B97F4A7C15
_MIX = 0xFF51AFD7ED558CCD
_SECOND = 0xC2B2AE3D27D4EB4F
_ALL_BITS = 0xFFFFFFFFFFFFFFFF

# Shapes; the order is part of what a model was trained on.
_LOWER, _TITLE, _UPPER, _MIXED, _NUMBER, _SIGN, _LINE = range(7)
_KNOWN = 5
LOOKS, USAGES = 7 * _KNOWN, 3 * 3 * 2


@dataclass(frozen=True, slots=True)
class TokenFeatures:
    """What the classifier looks at.

    Attributes:
        own: Buckets of all different words, one after the other.
        own_start: Where each different word's buckets begin in `own`.
        kinds: For each token the number of its word among the different ones.
        around: Buckets of each token's surroundings, tokens × features.
        look: For each token how it is written and known: shape × 5 + known.
        usage: For each token how the text writes its word elsewhere, and whether a sentence begins
            there: below `USAGES`.
    """

    own: np.ndarray
    own_start: np.ndarray
    kinds: np.ndarray
    around: np.ndarray
    look: np.ndarray
    usage: np.ndarray


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The different words of a text, and what is known of each."""

    own: list[list[int]]
    lower: np.ndarray
    ending: np.ndarray
    beginning: np.ndarray
    shape: np.ndarray
    known: np.ndarray
    length: np.ndarray


def shape_of(word: str) -> int:
    """How a word is written: in lower case, with a capital, in capitals, mixed, number or sign."""
    first = word[0]
    if not first.isalpha():
        if word == "\n":
            return _LINE
        return _NUMBER if first.isdigit() else _SIGN
    if word.islower():
        return _LOWER
    rest = word[1:]
    if first.isupper() and (not rest or rest.islower()):
        return _TITLE
    return _UPPER if word.isupper() else _MIXED


def known_as(word: str, ordinary: OrdinaryWords) -> int:
    """How a word in lower case is known to the dictionary; the numbers are what models learnt.

    2 for an ordinary word, 1 for its genitive or a compound that ends in one after a hyphen, 3 for
    a nynorsk form of one, 4 for two in one, 0 for a stranger.
    """
    if not word[0].isalpha() or word in ordinary:
        return 2
    if word.endswith("s") and word[:-1].rstrip("'’") in ordinary:
        return 1
    if "-" in word and word.rpartition("-")[2] in ordinary:
        return 1
    if is_nynorsk_form(word, ordinary):
        return 3
    return 4 if is_compound(word, ordinary) else 0


def _hash(piece: str) -> int:
    return crc32(piece.encode())


def _own_features(lower: str, shape: int, known: int) -> list[int]:
    """Hashes of a word's own features."""
    framed = f"<{lower[:_LONGEST_WORD]}>"
    size = len(framed)
    pieces = {
        framed[at : at + length]
        for length in range(_SHORTEST_PIECE, _LONGEST_PIECE + 1)
        for at in range(size - length + 1)
    }
    pieces.add(framed)
    tail, head = lower[-3:], lower[:3]
    marks = (
        f"s{shape}", f"k{known}", f"sk{shape}{known}", f"n{shape}{min(size, 12)}",
        f"t{tail}{shape}", f"h{head}{shape}", f"kt{known}{tail}", f"w{lower}{shape}",
    )  # fmt: skip
    hashes = [_hash(piece) for piece in pieces]
    hashes += [_hash("\t" + mark) for mark in marks]
    return hashes


def _describe_kinds(words: list[str], ordinary: OrdinaryWords) -> _Kinds:
    import numpy as np

    own, lowers, endings, beginnings, shapes, knowns, lengths = [], [], [], [], [], [], []
    for word in words:
        lower, shape = word.lower(), shape_of(word)
        known = known_as(lower, ordinary)
        own.append(_own_features(lower, shape, known))
        lowers.append(_hash(lower))
        endings.append(_hash(lower[-3:]))
        beginnings.append(_hash(lower[:3]))
        shapes.append(shape)
        knowns.append(known)
        lengths.append(min(len(word), 8))

    def packed(values: list[int]) -> np.ndarray:
        return np.array(values, dtype=np.uint64)

    return _Kinds(own, packed(lowers), packed(endings), packed(beginnings), packed(shapes),
                  packed(knowns), packed(lengths))  # fmt: skip


def token_features(words: list[str], ordinary: OrdinaryWords, bits: int) -> TokenFeatures:
    """The features of all tokens of a text.

    Args:
        words: The tokens as `tokenise` gives them.
        ordinary: The dictionary.
        bits: The weight table has `2 ** bits` rows.
    """
    import numpy as np

    number_of: dict[str, int] = {}
    kinds = np.array([number_of.setdefault(word, len(number_of)) for word in words], dtype=np.int64)
    described = _describe_kinds(list(number_of), ordinary)
    starts = np.cumsum([0, *(len(hashes) for hashes in described.own)])[:-1]
    flat = np.array([h for hashes in described.own for h in hashes], dtype=np.uint64)
    usage = _Usage.of(kinds, described)
    around = _surroundings(kinds, described, usage)
    columns = [_bucket(_mixed(slot, values), bits) for slot, values in enumerate(around, start=1)]
    return TokenFeatures(
        own=_bucket(_mixed(0, flat), bits),
        own_start=starts.astype(np.int64),
        kinds=kinds,
        around=np.stack(columns, axis=1) if words else np.zeros((0, len(columns)), np.int64),
        look=(described.shape * np.uint64(_KNOWN) + described.known)[kinds].astype(np.int64),
        usage=usage.as_classes(),
    )


def _mixed(slot: int, values: np.ndarray) -> np.ndarray:
    """The hash of values that stand in one slot; uint64 wraps round, as hashes should."""
    import numpy as np

    shift = np.uint64((slot * _GOLDEN) & _ALL_BITS)
    return (values + shift) * np.uint64(_MIX)


def _bucket(hashes: np.ndarray, bits: int) -> np.ndarray:
    import numpy as np

    turned = hashes ^ (hashes >> np.uint64(29))
    buckets: np.ndarray = ((turned * np.uint64(_SECOND)) >> np.uint64(64 - bits)).astype(np.int64)
    return buckets


def _pair(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The hash of two values together."""
    import numpy as np

    return (first * np.uint64(_SECOND)) ^ ((second + np.uint64(7)) * np.uint64(_GOLDEN))


@dataclass(frozen=True, slots=True)
class _Usage:
    """How a text writes each token's word elsewhere, in classes 0, 1, 2 (often)."""

    capital_inside: np.ndarray
    lower: np.ndarray
    at_start: np.ndarray

    @classmethod
    def of(cls, kinds: np.ndarray, described: _Kinds) -> _Usage:
        """Count capitals in mid-sentence, and small letters, by word."""
        import numpy as np

        shape = described.shape[kinds]
        lower = described.lower[kinds]
        after = np.concatenate(([np.uint64(_LINE)], shape[:-1]))
        stops = np.isin(_before(lower), [_hash(sign) for sign in '.!?:«»"”“–-…(*#'])
        start = stops | (after == _LINE)
        _, group = np.unique(lower, return_inverse=True)
        inside = (shape != _LOWER) & ~start
        counted = [
            np.minimum(np.bincount(group, weights=flag)[group] - own, 2)
            for flag, own in ((inside, inside), (shape == _LOWER, shape == _LOWER))
        ] if len(kinds) else [np.zeros(0), np.zeros(0)]  # fmt: skip
        capital, small = (values.astype(np.uint64) for values in counted)
        return cls(capital, small, start.astype(np.uint64))

    def as_classes(self) -> np.ndarray:
        """All three in one number."""
        import numpy as np

        both = self.capital_inside * np.uint64(3) + self.lower
        classes: np.ndarray = (both * np.uint64(2) + self.at_start).astype(np.int64)
        return classes


def _before(values: np.ndarray) -> np.ndarray:
    import numpy as np

    return np.concatenate((values[:1] * np.uint64(0), values[:-1]))


def _surroundings(kinds: np.ndarray, described: _Kinds, usage: _Usage) -> list[np.ndarray]:
    """One array of hashes for each feature; the order is part of what a model was trained on."""
    import numpy as np

    count = len(kinds)
    edge = np.full(_FAR, np.uint64(99))

    def moved(values: np.ndarray, by: int) -> np.ndarray:
        padded = np.concatenate((edge, values[kinds], edge))
        return padded[_FAR + by : _FAR + by + count]

    low = {by: moved(described.lower, by) for by in range(-3, 4)}
    shape = {by: moved(described.shape, by) for by in range(-2, 3)}
    known = {by: moved(described.known, by) for by in range(-2, 3)}
    tail = {by: moved(described.ending, by) for by in (-1, 0, 1)}
    head = {by: moved(described.beginning, by) for by in (-1, 1)}
    here = _pair(shape[0], known[0])
    text = _pair(_pair(usage.capital_inside, usage.lower), here)
    return [
        low[-3], low[-2], low[-1], low[1], low[2], low[3],
        tail[-1], tail[1], head[-1], head[1],
        _pair(low[-1], here), _pair(low[1], here), _pair(low[-2], here), _pair(low[2], here),
        _pair(low[-1], low[0]), _pair(low[0], low[1]), _pair(low[-1], low[1]),
        _pair(_pair(low[-2], low[-1]), here), _pair(_pair(low[1], low[2]), here),
        _pair(low[-1], tail[0]), _pair(low[1], tail[0]),
        _pair(tail[-1], here), _pair(tail[1], here),
        _pair(_pair(shape[-1], shape[1]), here),
        _pair(_pair(_pair(known[-1], known[1]), _pair(shape[-1], shape[1])), here),
        _pair(_pair(_pair(shape[-2], shape[2]), _pair(shape[-1], shape[1])), here),
        _pair(usage.at_start, here), text, _pair(text, usage.at_start),
        _pair(_pair(usage.capital_inside, usage.lower), low[0]),
        _pair(low[-1], _pair(usage.at_start, shape[1])),
        _pair(moved(described.length, 0), here),
    ]  # fmt: skip
