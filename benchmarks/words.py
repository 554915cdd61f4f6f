"""A seeded vocabulary that looks Norwegian and is spread as words in speech are."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

VOCABULARY_SIZE = 25_000

# Mandelbrot (1953): frequency falls as 1 / (rank + offset) ** exponent.
RANK_OFFSET = 2.7
RANK_EXPONENT = 1.1

_COMMON_WORDS = """
det er og som vi i jeg ikke på at en til har med så for de å av man om da men litt var den
kan et veldig noe skal vil må være hvis der også når blir fra eller jo bare bli få nå hadde
går mye mer dette sånn ut opp sier egentlig kanskje ganske alle noen her oss meg seg
dem du hva hvordan hvor hvem fordi selv etter ved før under over mellom mot uten inn ned
gjør gjøre gjort får tror synes vet ser sett si sa sagt kom kommer komme kommet ta tar tok
tatt gå gikk gått jobber jobbe jobbet snakker snakke snakket bruker bruke brukt tenker tenke
tenkt føler føle følte opplever oppleve opplevd merker merke finner finne funnet prøver prøve
prøvd trenger trenge hjelper hjelpe møter møte møttes lærer lære lært spør spørre spurte
holder holde startet begynte fungerer fungere følger følge ligger ligge står stå stod sitter
hverdag hverdagen dag dagen uke uka måned år året tid tida tiden gang ganger ofte
alltid aldri fortsatt allerede nesten helt godt bra dårlig viktig
viktige vanskelig lett stor store liten små ny nye nytt gammel gamle god gode mange flere
flest hele hver hvert andre annen annet samme første siste neste
folk mennesker ansatte ansatt leder ledere lederen kollega kollegaer kollegene pasient
pasienter pasienten brukere brukeren pårørende familie barn foreldre lærere elever
lege leger legen sykepleier sykepleiere helsefagarbeider assistent avdeling avdelingen enhet
enheten tjeneste tjenesten tjenester kommune kommunen fylket sykehus sykehuset sykehjem
hjemmetjenesten skole skolen barnehage arbeid arbeidet jobb jobben oppgave oppgaver oppgavene
ansvar ansvaret rolle rollen roller samarbeid samarbeidet møtet tiltak tiltaket plan
planen planer mål målet ressurser penger økonomi budsjett bemanning vakt vakter turnus
kompetanse opplæring kurs veiledning erfaring erfaringer kunnskap rutine rutiner system
systemet verktøy løsning løsninger endring endringer endringen prosess prosessen prosjekt
prosjektet behov behovet kvalitet tillit trygg trygghet åpenhet støtte hjelp spørsmål svar
eksempel eksempelvis problem problemer utfordring utfordringer måte måten grunn grunnen del
deler delen side siden forhold sammenheng situasjon situasjonen hverandre sammen alene
uansett likevel derfor dermed imidlertid altså faktisk liksom nettopp akkurat forresten
"""
COMMON_WORDS = tuple(_COMMON_WORDS.split())

_ONSET_LIST = """
b bl br d dr f fj fl fr g gj gr h hj hv j k kj kl kn kr kv l m n p pl pr r s sj sk skj skr sl sm
sn sp spr st str sv t tr tv v vr
"""
_ONSETS = tuple(_ONSET_LIST.split())
_VOWELS = ["a", "e", "i", "o", "u", "y", "æ", "ø", "å", "ei", "øy", "au"]
_VOWEL_WEIGHTS = [16, 18, 14, 10, 8, 5, 2, 6, 7, 4, 2, 1]
_CODAS = ["", "l", "m", "n", "r", "s", "t", "k", "g", "d", "v", "ll", "nn", "rt", "st", "ng", "sk"]
_ENDINGS = ["", "", "en", "er", "et", "ene", "e", "ing", "else", "het", "lig", "te", "a", "ene"]


def _syllable(dice: random.Random) -> str:
    vowel = dice.choices(_VOWELS, _VOWEL_WEIGHTS)[0]
    return dice.choice(_ONSETS) + vowel + dice.choice(_CODAS)


def _made_up_word(dice: random.Random) -> str:
    stem = "".join(_syllable(dice) for _ in range(dice.choice((1, 1, 2, 2, 3))))
    return stem + dice.choice(_ENDINGS)


def make_vocabulary(dice: random.Random, size: int = VOCABULARY_SIZE) -> list[str]:
    """Distinct words, the commonest first: real Norwegian ones, then made-up ones.

    The made-up ones grow longer as they grow rarer (Zipf's law of abbreviation).
    """
    words = dict.fromkeys(COMMON_WORDS)
    while len(words) < size:
        words[_made_up_word(dice)] = None
    return [*COMMON_WORDS, *sorted(list(words)[len(COMMON_WORDS) :], key=len)]


def cumulative_weights(size: int) -> list[float]:
    """What `random.choices` wants as `cum_weights` to draw words by their rank."""
    return list(accumulate((rank + RANK_OFFSET) ** -RANK_EXPONENT for rank in range(1, size + 1)))
