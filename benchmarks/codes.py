"""The 40 codes of the made-up study, three levels deep."""

from __future__ import annotations

from typing import NamedTuple

SEPARATOR = "/"

CODE_TREE: dict[str, dict[str, list[str]]] = {
    "Tverrfaglig samhandling": {
        "Møteplasser": ["Faste møtepunkt", "Samarbeid i enkeltsaker", "Prat i gangen"],
        "Grenser": ["Uklare forventninger", "Profesjonskamp"],
        "Koordinering": ["Individuell plan", "Spesialister som bindeledd"],
    },
    "Endring": {
        "Ny struktur": ["Samlokalisering", "Omorganisering som hinder"],
        "Tankesett": ["Motstand", "Eierskap til endringen", "Kommunikasjon av budskapet"],
    },
    "Kompetanse": {
        "Opplæring": ["Nyansatte", "Kurs og veiledning", "Læring av hverandre"],
        "Robust fagmiljø": ["Rekruttering", "Fagutvikling"],
    },
    "Ledelse": {
        "Lederrollen": ["Tett på", "Handlingsrom"],
        "Styring": ["Avtaler og forankring", "Rapportering"],
    },
    "Rammer": {
        "Økonomi": ["Kutt og innsparing"],
        "Tid og bemanning": ["Vakanser", "Tidspress"],
    },
}


class Code(NamedTuple):
    """A code; `parent` is the index of the code above it, or None at the top."""

    name: str
    path: str
    parent: int | None


def all_codes() -> tuple[Code, ...]:
    """The tree from top to bottom, each code after its parent."""
    codes: list[Code] = []
    for top, middles in CODE_TREE.items():
        top_index = len(codes)
        codes.append(Code(top, top, None))
        for middle, leaves in middles.items():
            middle_index = len(codes)
            middle_path = SEPARATOR.join((top, middle))
            codes.append(Code(middle, middle_path, top_index))
            codes += [Code(n, SEPARATOR.join((middle_path, n)), middle_index) for n in leaves]
    return tuple(codes)


def by_popularity(codes: tuple[Code, ...]) -> list[int]:
    """Indices of the codes, the most used first: the leaves, then what stands above them."""

    def depth(index: int) -> int:
        return codes[index].path.count(SEPARATOR)

    return sorted(range(len(codes)), key=lambda index: -depth(index))
