"""Numbers in words, as bokmål, nynorsk and dialects say them: pieces for other patterns."""

from __future__ import annotations

UNITS = r"(?:en|én|ein|éin|ei|ett|eitt|et|to|tre|fire|fem|fæm|seks|sju|syv|sjau|åtte|otte|ni)"
TEENS = (
    r"(?:ti|tie|elleve|ellev|ellve|tolv|tolt|tretten|trettan|fjorten|fjortan|fjorte|femten|fæmten"
    r"|femtan|seksten|sekstan|søksten|sytten|søtten|syttan|atten|attan|nitten|nittan)"
)
TENS = (
    r"(?:tjue|tyve|kjue|tjuge|tretti|tredve|tredeve|førti|førr|førre|fjørti|femti|fæmti"
    r"|seksti|søksti|sytti|søtti|åtti|otti|nitti)"
)
_LATE_UNITS = UNITS.removesuffix(")") + ")"
# Both orders: "tjuefire" and "fireogtjue".
BELOW_HUNDRED = rf"(?:{UNITS}og{TENS}|{TENS}[ -]?{_LATE_UNITS}|{TENS}|{TEENS}|{UNITS})"
TWO_DIGITS = rf"(?:{UNITS}og{TENS}|{TENS}[ -]?{_LATE_UNITS}|{TENS}|{TEENS})"
NUMBER_OF_YEARS = rf"(?:\d{{1,3}}|(?:ett |eit |et )?hundre(?:ogen|ogto|ogtre)?|{BELOW_HUNDRED})"
ORDINALS = (
    r"(?:første|fyrste|andre|annen|tredje|tredde|fjerde|femte|sjette|sjuende|sjuande|syvende"
    r"|åttende|åttande|niende|niande|tiende|tiande|ellevte|tolvte|trettende|trettande|fjortende"
    r"|fjortande|femtende|femtande|sekstende|sekstande|syttende|syttande|attende|attande"
    r"|nittende|nittande|(?:tjue|tyve|tretti|tredve)(?:ende|ande|første|fyrste|andre|tredje"
    r"|fjerde|femte|sjette|sjuende|sjuande|syvende|åttende|åttande|niende|niande)"
    r"|(?:en|ein|to|tre|fire|fem|seks|sju|syv|åtte|ni)ogtyvende)"
)
