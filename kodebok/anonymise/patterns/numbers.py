"""Numbers that belong to one person, account, firm, vehicle or case.

A check digit raises the score; it is never the condition, for a slip of the pen hides no one.
"""

from __future__ import annotations

import re

from kodebok.anonymise.patterns.numerals import BELOW_HUNDRED
from kodebok.anonymise.patterns.rule import Rule, compiled
from kodebok.domain.identifier import IdentifierType

_NUMBER = IdentifierType.NUMBER
_CONTACT = IdentifierType.CONTACT

_FIRST_CONTROL = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_CONTROL = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_FIRM_CONTROL = (3, 2, 7, 6, 5, 4, 3, 2)

SURE, PLAUSIBLE, DOUBTFUL = 0.99, 0.9, 0.6

# Two letters before five digits that are a word and an amount, not a plate.
_NO_PLATE = "av|de|du|da|en|er|et|ei|eg|je|ka|kr|nr|på|så|to|vi|pa|ca|bl|dk|kl|st|tr|xx|ja|ha|le"
_AMOUNT = r"(?!\s*(?:kroner|kr\b|prosent|%|mill|nok\b|euro))"


def _remainder(digits: str, weights: tuple[int, ...]) -> int:
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return (11 - total % 11) % 11


def has_person_control(digits: str) -> bool:
    """Whether eleven digits end in the control digits of a birth number (Skatteetaten)."""
    return _remainder(digits, _FIRST_CONTROL) == int(digits[9]) and _remainder(
        digits, _SECOND_CONTROL
    ) == int(digits[10])


def has_account_control(digits: str) -> bool:
    """Whether eleven digits end in the control digit of a bank account (modulus 11)."""
    return _remainder(digits, _SECOND_CONTROL) == int(digits[10])


def has_firm_control(digits: str) -> bool:
    """Whether nine digits end in the control digit of an organisation number (modulus 11)."""
    return _remainder(digits, _FIRM_CONTROL) == int(digits[8])


def is_birth_date(digits: str) -> bool:
    """Whether six digits are a day and month as birth numbers have them.

    A D-number adds 40 to the day; an H-number adds 40 to the month; synthetic numbers add 80 or 65
    to the month.
    """
    day, month = int(digits[:2]), int(digits[2:4])
    days = {day, day - 40}
    months = {month - added for added in (0, 20, 40, 60, 65, 80)}
    return not days.isdisjoint(range(1, 32)) and not months.isdisjoint(range(1, 13))


def _digits(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match.group())


def _judge_eleven(match: re.Match[str]) -> float:
    digits = _digits(match)
    if has_person_control(digits) or has_account_control(digits):
        return SURE
    return PLAUSIBLE if is_birth_date(digits) else 0.75


def _judge_firm(match: re.Match[str]) -> float:
    digits = _digits(match)
    if has_firm_control(digits):
        return SURE
    return PLAUSIBLE if digits[0] in "89" else DOUBTFUL


def _judge_nine(match: re.Match[str]) -> float:
    digits = _digits(match)
    if has_firm_control(digits):
        return PLAUSIBLE
    return DOUBTFUL if digits[0] in "89" else 0.35


def _judge_case(match: re.Match[str]) -> float:
    first, second = match.group("year"), match.group("number")
    following = str(int(first) + 1)
    return 0.0 if second in {following, following[2:]} else 0.8


_SPOKEN = compiled(rf"(?<![\w-])(?:(?:null|{BELOW_HUNDRED}|\d{{1,3}})(?:,? |-)){{3,}}"
                   rf"(?:null|{BELOW_HUNDRED}|\d{{1,3}})(?![\w-])")  # fmt: skip
_SPOKEN_PART = compiled(rf"null|{BELOW_HUNDRED}|\d+")
_FEWEST_SPOKEN = 6  # digits; fewer are amounts and times
_ONE_DIGIT = compiled(r"null|en|én|ein|éin|ei|ett|eitt|et|to|tre|fire|fem|fæm|seks|sju|syv|sjau"
                      r"|åtte|otte|ni|\d")  # fmt: skip


def _judge_spoken(match: re.Match[str]) -> float:
    parts = _SPOKEN_PART.findall(match.group())
    length = sum(
        len(part) if part.isdigit() else 1 if _ONE_DIGIT.fullmatch(part) else 2 for part in parts
    )
    if length < _FEWEST_SPOKEN:
        return 0.0
    return 0.85 if length in {8, 11} else 0.5


RULES = (
    Rule(compiled(r"(?<![\d.,-])\d{6}[ \u00a0-]?\d{5}(?!\d|[.,]\d)"), _NUMBER, "birth number",
         _judge_eleven),
    Rule(compiled(r"(?<![\d.,-])\d{6}[ \u00a0-]?\d{2}[ \u00a0]\d{3}(?!\d|[.,]\d)"), _NUMBER,
         "birth number", _judge_eleven),
    Rule(compiled(r"(?<!\d)\d{4}[. \u00a0]\d{2}[. \u00a0]\d{5}(?!\d)"), _NUMBER, "account number",
         _judge_eleven),
    Rule(compiled(r"(?<!\w)no\d{2} ?\d{4} ?\d{4} ?\d{3}(?!\d)"), _NUMBER, "account number", SURE),
    Rule(compiled(r"org(?:anisasjons)?\.? ?(?:nr|nummer)\.?:? ?(?:er |no )?"
                  r"(?P<n>\d{3} ?\d{3} ?\d{3})(?!\d)"), _NUMBER, "organisation number", 0.97, "n"),
    Rule(compiled(r"(?<![\d+.,-])[89]\d{2}[ \u00a0]\d{3}[ \u00a0]\d{3}(?!\d| \d{3}\b)" + _AMOUNT),
         _NUMBER, "organisation number", _judge_firm),
    Rule(compiled(r"(?<![\d+.,/-])\d{9}(?![\d]|[.,]\d)" + _AMOUNT), _NUMBER, "organisation number",
         _judge_nine),
    Rule(compiled(r"(?<![\w.,/-])(?:\+|"
                  r"00)[1-9]\d{0,2}[ \u00a0-]?(?:\(0\))?\d(?:[ \u00a0-]?\d){5,11}"
                  r"(?!\d)"), _CONTACT, "phone number", 0.97),
    Rule(compiled(r"(?<![\d.,/+-])[2-9]\d{7}(?![\d]|[.,/]\d)" + _AMOUNT), _CONTACT, "phone number",
         PLAUSIBLE),
    Rule(compiled(r"(?<![\d.,/+-])[2-9]\d(?:[ \u00a0.-]\d{2}){3}(?![\d]|[ .]\d{2}\b)" + _AMOUNT),
         _CONTACT, "phone number", PLAUSIBLE),
    Rule(compiled(r"(?<![\d.,/+-])[2-9]\d{2}[ \u00a0-]\d{2}[ \u00a0-]?\d{3}(?!\d)" + _AMOUNT),
         _CONTACT, "phone number", PLAUSIBLE),
    Rule(compiled(r"(?:tlf|telefon|mobil|ring|ringe|nummer)\w*\.?:? (?:er |på |til )?"
                  r"(?P<n>\d(?:[ .-]?\d){3,11})(?!\d)"), _CONTACT, "phone number", 0.92, "n"),
    Rule(_SPOKEN, _NUMBER, "number in words", _judge_spoken),
    Rule(compiled(rf"(?<![\w-])(?!(?:{_NO_PLATE})[ ]?\d)[a-fhj-lnpr-vx-z]{{2}}"
                  r" ?[1-9]\d{4}(?![\w.]\d|\w)"),
         _NUMBER, "number plate", 0.85),
    Rule(compiled(r"(?<![\d./-])(?P<year>(?:19|"
                  r"20)\d\d)/(?P<number>\d{1,6})(?:-\d{1,4})?(?![\d/])"),
         _NUMBER, "case number", _judge_case),
    Rule(compiled(r"(?:sak|saks|saka|saken|saksnr|saksnummer|ref|referanse|arkivsak|journalnr|"
                  r"journalnummer|journalpost|jnr|vedtak|løpenr|klagesak|pasientnr|pasientnummer|"
                  r"pasient-id|løyve|ps|dok)\.?:? ?(?:nr|nummer)?\.?:? ?"
                  r"(?P<n>\d{1,4}/\d{1,6}(?:-\d{1,4})?|\d{4,})(?![\d/])"),
         _NUMBER, "case number", 0.9, "n"),
    Rule(compiled(r"(?<!\w)[a-zæøå]{1,8}-(?:19|20)\d\d-\d{1,6}(?:-[a-z]{1,3})?(?!\w)"), _NUMBER,
         "case number", 0.9),
)  # fmt: skip
