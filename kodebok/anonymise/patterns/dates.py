"""Dates: in digits and words, weeks, years and decades."""

from __future__ import annotations

import re

from kodebok.anonymise.patterns.numerals import ORDINALS, TENS, TWO_DIGITS, UNITS
from kodebok.anonymise.patterns.rule import Rule, compiled
from kodebok.domain.identifier import IdentifierType

_DATE = IdentifierType.DATE

_MONTHS = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
_SHORT_MONTHS = r"(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|des)\."
_MONTH = rf"(?:{_MONTHS}|{_SHORT_MONTHS})"
_YEAR = r"(?:1[89]\d\d|20[0-4]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_WEEKDAY = r"(?:mandag|måndag|tirsdag|tysdag|onsdag|torsdag|fredag|lørdag|laurdag|søndag|sundag)"
_YEAR_WORDS = (
    rf"(?:nitten(?:hundre)?(?: ?og)? ?{TWO_DIGITS}|nitten ?null ?{UNITS}"
    rf"|to ?tusen ?og ?(?:{TWO_DIGITS}|{UNITS})|(?:tjue|tyve) ?(?:ti|elleve|tolv|tretten|fjorten"
    rf"|femten|seksten|sytten|atten|nitten|tjue(?:[ -]?{UNITS})?))"
)
_BORN = r"(?:født|fødd|fødde|fødselsdato\w*|f\.|bursdag\w*|geburtsdag\w*|fødselsdag\w*)"
_SINCE = (
    r"(?:i|siden|sidan|sia|fra|frå|før|etter|rundt|omkring|innen|til|og|eller|året|"
    r"sommeren|sommaren|våren|høsten|hausten|vinteren|jula|påska|året)"
)


def _judge_six(match: re.Match[str]) -> float:
    day, month = int(match.group()[:2]), int(match.group()[2:4])
    return 0.4 if day in range(1, 32) and month in range(1, 13) else 0.0


RULES = (
    Rule(compiled(rf"(?<![\d.,/-]){_DAY}\. ?{_MONTH_NUMBER}\. ?(?:{_YEAR}|\d\d)(?!\d|[.,]\d)"),
         _DATE, "date", 0.93),
    Rule(compiled(rf"(?<![\d.,/-]){_DAY}/{_MONTH_NUMBER}[-/. ](?:{_YEAR}|\d\d)(?!\d)"), _DATE,
         "date", 0.93),
    Rule(compiled(rf"(?<![\d-]){_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"), _DATE,
         "date", 0.93),
    Rule(compiled(rf"(?<![\d-]){_DAY}-{_MONTH_NUMBER}-(?:{_YEAR}|\d\d)(?!\d)"), _DATE, "date", 0.9),
    Rule(compiled(rf"(?<![\d.,/-]){_DAY}[./]{_MONTH_NUMBER}\.?(?![\d%]|[.,/-]\d| ?(?:prosent|%))"),
         _DATE, "date without a year", 0.35),
    Rule(compiled(rf"(?<!\w)(?:{_WEEKDAY}\w* )?(?:den )?{_DAY}\.? ?{_MONTH}"
                  rf"(?:(?: i)? {_YEAR})?(?!\w)"), _DATE, "date", 0.88),
    Rule(compiled(rf"(?<!\w)(?:{_WEEKDAY}\w* )?(?:den )?{ORDINALS} {_MONTHS}"
                  rf"(?:(?: i)? (?:{_YEAR}|{_YEAR_WORDS}))?(?!\w)"), _DATE, "date in words", 0.85),
    Rule(compiled(rf"(?<!\w)(?:den )?{ORDINALS} i (?:{ORDINALS}|{_MONTHS})(?: {_YEAR})?(?!\w)"),
         _DATE, "date in words", 0.7),
    Rule(compiled(rf"(?<!\w){_MONTHS}(?: i)? {_YEAR}(?!\d)"), _DATE, "month and year", 0.7),
    Rule(compiled(rf"(?<!\w)(?:i|siden|sidan|sia|fra|frå|før|etter|til|midten av|slutten av|"
                  rf"starten av|"
                  rf"byrjinga av|begynnelsen av) (?P<n>{_MONTHS})(?: i fjor| i år)?(?!\w)"), _DATE,
         "month", 0.35, "n"),
    Rule(compiled(rf"(?<!\w){_BORN}(?: er| var)?(?: den| i| rundt)? (?P<n>(?:{_YEAR}|"
                  rf"{_YEAR_WORDS}|"
                  r"['’]?\d\d)|\d{6}|\d{8})(?![\d]|[.,/]\d)"), _DATE, "birth date", 0.93, "n"),
    Rule(compiled(rf"(?<![\d.,/-]){_YEAR}(?!\d|[.,/]\d|-\d|-tal|-åra|/\d)"), _DATE, "year", 0.4),
    Rule(compiled(rf"(?<!\w){_SINCE} (?P<n>['’]\d\d|{_YEAR_WORDS})(?!\w)"), _DATE,
         "year in words", 0.6, "n"),
    Rule(compiled(rf"(?<!\w){_YEAR_WORDS}(?!\w)"), _DATE, "year in words", 0.45),
    Rule(compiled(r"(?<![\d.,/-])\d{6}(?![\d]|[.,/]\d)"), _DATE, "date in six digits", _judge_six),
    Rule(compiled(rf"(?<!\w)(?:uke|uka|veke|veka|vekke|vække) (?:nr\.? ?|nummer )?(?:[1-5]?\d|"
                  rf"{TWO_DIGITS})"
                  rf"(?: i)?(?: {_YEAR})?(?![\w.,]\d|\w)"), _DATE, "week", 0.5),
    Rule(compiled(rf"(?<!\w)(?:{_YEAR}|['’]?\d0|(?:nitten|atten)?{TENS})-?(?:tal(?:let|et|s)?|"
                  rf"åra|åri|åre)"
                  r"(?!\w)"), _DATE, "decade", 0.45),
    Rule(compiled(rf"(?<!\w)(?:jula|julaften|julekvelden|påska|pinsa|sommeren|sommaren|våren|"
                  rf"høsten|hausten|vinteren|nyttår) {_YEAR}(?!\d)"), _DATE, "season and year",
         0.6),
)  # fmt: skip
