"""Ways to reach someone: e-mail, web addresses, user names."""

from __future__ import annotations

from kodebok.anonymise.patterns.rule import Rule, compiled
from kodebok.domain.identifier import IdentifierType

_CONTACT = IdentifierType.CONTACT

_DOMAINS = "no|com|org|net|se|dk|fi|eu|info|io|uk|de|nu"

RULES = (
    Rule(compiled(r"(?<![\w.+-])[\w.+-]*\w@\w[\w-]*(?:\.\w[\w-]*)+"), _CONTACT, "e-mail", 0.99),
    Rule(compiled(r"(?<![\w.])[\w.]{1,40}(?: punkt(?:um)? \w{1,40}){0,3} (?:krøllalfa|krøll-alfa|"
                  r"alfakrøll|"
                  r"kurlalfa|snabel-a) [\w.-]+(?:(?: punktum | punkt | dott | dot )\w+)*"),
         _CONTACT, "e-mail", 0.97),
    Rule(compiled(r"(?<!\w)(?:https?://|www\.)[^\s<>\"»”)]*[^\s<>\"»”).,;:!?]"), _CONTACT,
         "web address", 0.95),
    Rule(compiled(rf"(?<![\w@.-])(?:\w[\w-]*\.)+(?:{_DOMAINS})(?:/[^\s<>\"»”)]*[^\s<>\"»”).,;:!?])?"
                  r"(?![\w-]|\.\w)"), _CONTACT, "web address", 0.8),
    Rule(compiled(r"(?<!\w)www (?:punktum|punkt|dott|dot) \w+ (?:punktum|punkt|dott|dot) \w+"),
         _CONTACT, "web address", 0.9),
    Rule(compiled(r"(?<![\w.@/])@\w[\w.]*\w"), _CONTACT, "user name", 0.9),
    Rule(compiled(r"(?:snap|snapchat|insta|instagram|tiktok|brukarnamn|brukernavn|skype)\w*"
                  r"(?:et|en)?(?: er| mitt er| hennes er| hans er|"
                  r":) ?(?P<n>(?=\S*[\d._-])[\w.-]+\w)"),
         _CONTACT, "user name", 0.85, "n"),
    Rule(compiled(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)"
                  r"(?![\d.])"), _CONTACT, "web address", 0.7),
)  # fmt: skip
