"""Which words are ordinary Norwegian: a Bloom filter over the word forms of Norsk Ordbank.

The filter (Bloom 1970) answers for 577,000 forms in 0.7 MB without holding any of them; about one
word in a hundred that is not in the dictionary is taken for one that is. Word forms: Norsk Ordbank
in bokmål, Språkbanken (National Library of Norway), CC BY 4.0; small words, common words of nynorsk
and of dialects: `lists/small_words.txt`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from zlib import adler32, crc32

if TYPE_CHECKING:
    import numpy as np

_HASHES = 6
_FILE = "ordinary_words.npz"


class OrdinaryWords:
    """Says whether a word form stands in the dictionary.

    Args:
        bits: The filter, packed eight bits to a byte.
    """

    def __init__(self, bits: bytes) -> None:
        self._bits = bits
        self._size = len(bits) * 8

    def __contains__(self, word: str) -> bool:
        bits, size = self._bits, self._size
        return all(bits[place >> 3] >> (place & 7) & 1 for place in _places(word, size))


# Nynorsk endings and sounds, and what the dictionary of bokmål has instead.
_ENDINGS = (
    ("arane", "erne"), ("arar", "ere"), ("aren", "eren"), ("ane", "ene"), ("ar", "er"),
    ("legare", "ligere"), ("lege", "lige"), ("leg", "lig"), ("heita", "heten"), ("heit", "het"),
    ("ande", "ende"), ("ast", "es"), ("ast", "est"), ("a", "e"), ("a", "et"), ("jar", "er"),
    ("je", "e"), ("te", "t"), ("de", "t"), ("en", "et"),
)  # fmt: skip
_SOUNDS = (("kv", "hv"), ("ei", "e"), ("øy", "ø"), ("au", "ø"), ("kj", "k"), ("gj", "g"))
_SHORTEST_PART = 4
_LONGEST_WORD = 60  # letters; what is longer is no word


def is_nynorsk_form(word: str, ordinary: OrdinaryWords) -> bool:
    """Whether a word in lower case is an ordinary word of bokmål but for endings and sounds."""
    bare = [word]
    bare += [word.removesuffix(old) + new for old, new in _ENDINGS if word.endswith(old)]
    if any(form in ordinary for form in bare[1:]):
        return True
    changed = [form.replace(old, new) for form in bare for old, new in _SOUNDS if old in form]
    return any(form in ordinary for form in changed)


def is_compound(word: str, ordinary: OrdinaryWords) -> bool:
    """Whether a word in lower case is two ordinary words in one, with or without an s between."""
    if len(word) > _LONGEST_WORD:
        return False
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        tail = word[cut:]
        if tail not in ordinary:
            continue
        head = word[:cut]
        if head in ordinary or (head[-1] in "se" and head[:-1] in ordinary):
            return True
    return False


def _places(word: str, size: int) -> Iterable[int]:
    content = word.encode()
    first = crc32(content)
    step = crc32(content, 0x5BD1E995) * 2 + (adler32(content) & 1) + 1
    return ((first + number * step) % size for number in range(_HASHES))


def pack_words(words: Iterable[str], size: int) -> np.ndarray:
    """The filter of some words.

    Args:
        words: In lower case.
        size: Number of bits; a multiple of 8. Ten for each word give one error in a hundred.
    """
    import numpy as np

    bits = bytearray(size // 8)
    for word in words:
        for place in _places(word, size):
            bits[place >> 3] |= 1 << (place & 7)
    return np.frombuffer(bytes(bits), dtype=np.uint8)


@cache
def ordinary_words() -> OrdinaryWords:
    """The filter that comes with kodebok."""
    import numpy as np

    with files("kodebok.anonymise").joinpath("models", _FILE).open("rb") as file:
        return OrdinaryWords(np.load(file, allow_pickle=False)["bits"].tobytes())
