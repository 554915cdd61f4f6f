"""Ages: in digits and words, as nouns, and as decades of a life."""

from __future__ import annotations

from kodebok.anonymise.patterns.numerals import NUMBER_OF_YEARS, TENS, TWO_DIGITS
from kodebok.anonymise.patterns.rule import Rule, compiled
from kodebok.domain.identifier import IdentifierType

_AGE = IdentifierType.AGE

_PERSON = (
    r"(?:jeg|eg|æ|je|e|jæ|i|ho|hun|hu|han|‘n|n|de|dei|dem|vi|me|mi|du|barnet|ungen|gutten|"
    r"guten|jenta|"
    r"sønnen|sonen|datteren|dattera|dottera|mor|far|mora|faren|mamma|pappa|bestemor|bestefar|"
    r"kona|mannen|pasienten|brukeren|brukaren|kvinnen|kvinna|hen|søsteren|systera|broren|begge)"
)
_WAS = (
    r"(?:er|e|var|va|vart|ble|blei|blir|bli|vert|vart|fylte|fyller|fylle|fylt|runda|runder|"
    r"rundet|passerte|nærmer seg|nærmar seg)"
)
_ABOUT = (
    r"(?:bare |berre |nesten |cirka |ca\.? |rundt |kring |omkring |omtrent |snart |over |"
    r"rett over |under |vel |litt over )?"
)
_SOMEONE = (
    r"(?:mann|mannen|kvinne|kvinna|kvinnen|dame|dama|damen|kar|gutt|guten|gutten|gut|"
    r"jente|jenta|jenten|pasient|pasienten|bruker|brukar|ungdom|person|fyr|sønn|son|"
    r"datter|dotter|barn|bror|søster|syster|kollega|unge)"
)
_NOT_MEASURE = (
    r"(?! ?(?:år siden|år sidan|år sia|timer|timar|uker|veker|dager|dagar|prosent|kroner|ganger|"
    r"gonger|stykker|stykka|personer|ansatte|meter|kilometer|minutt|menn|kvinner|barn|stk|til |"
    r"av |"
    r"som|igjen|der|her|andre|personar|tilsette|på|stillinger))"
)

RULES = (
    Rule(compiled(rf"(?<![\w,.]){NUMBER_OF_YEARS}(?: |-)?(?:år|årene|måneder|månader|måna|uker|"
                  rf"veker)"
                  r"(?: |-)(?:gammel|gammal|gamle|gammalt|gammelt|gammæl|gammern|gamel|"
                  r"ung)(?!\w)"),
         _AGE, "age", 0.85),
    Rule(compiled(rf"(?<!\w){NUMBER_OF_YEARS}-?(?:åring|åringar|åringer)(?:en|a|ene|ane|"
                  rf"s)?(?!\w)"),
         _AGE, "age", 0.8),
    Rule(compiled(rf"(?<!\w){NUMBER_OF_YEARS}-?årige?(?!\w)"), _AGE, "age", 0.45),
    Rule(compiled(rf"(?<!\w){NUMBER_OF_YEARS}-?års-?(?:dag|dagen|lag|laget|feiring|"
                  rf"jubileum)(?!\w)"),
         _AGE, "age", 0.5),
    Rule(compiled(rf"(?<!\w)(?:(?:tidlig|tidleg|seint|sent|midt|langt|godt|begynnelsen|byrjinga|"
                  rf"starten|slutten|midten|midtveis) (?:i |av )?)?(?:i )?(?P<n>(?:\d0-?|"
                  rf"{TENS})-?(?:årene|årane|åra|"
                  r"åran|årom|års-?alderen))(?!\w)"), _AGE, "age in decades", 0.65, "n"),
    Rule(compiled(rf"(?<!\w){_PERSON} {_WAS} {_ABOUT}(?P<n>(?:\d{{1,3}}|{TWO_DIGITS}))(?: år)?"
                  rf"(?!\w|[.,:/]\d|[ -]\d){_NOT_MEASURE}"), _AGE, "age", 0.7, "n"),
    Rule(compiled(rf"(?<!\w)(?:da|då|når|etter|før|fra|frå|til|siden|sidan|sia|mens|medan|"
                  rf"te)(?: at)? {_PERSON} "
                  rf"(?:bare |berre )?(?:er|e|var|va|ble|blei|vart|fylte|fyller|"
                  rf"blir) {_ABOUT}(?P<n>{NUMBER_OF_YEARS})(?: år)?"
                  rf"(?!\w|[.,:/]\d|[ -]\d){_NOT_MEASURE}"), _AGE, "age", 0.75, "n"),
    Rule(compiled(rf"(?<!\w){_PERSON} {_WAS} {_ABOUT}(?P<n>{NUMBER_OF_YEARS} år)"
                  r"(?!\w)(?! (?:siden|sidan|sia|igjen|att|til|med|på|her|der))"), _AGE, "age", 0.7,
         "n"),
    Rule(compiled(rf"(?<!\w)(?:fylte|fyller|fylle|fylt|runda|"
                  rf"runde) (?P<n>{NUMBER_OF_YEARS})(?: år)?(?!\w)"),
         _AGE, "age", 0.75, "n"),
    Rule(compiled(rf"(?<!\w){_SOMEONE} (?:på|i|"
                  rf"i en alder av) {_ABOUT}(?P<n>{NUMBER_OF_YEARS})(?: år)?(?!\w|[.,:/]\d)"
                  r"(?! ?(?:prosent|timer|timar|stuen|stua))"), _AGE, "age", 0.65, "n"),
    Rule(compiled(rf"(?<!\w)(?:alder(?:en)?|i en alder av|i ein alder av)(?: er| var| på|"
                  rf":)? {_ABOUT}"
                  rf"(?P<n>{NUMBER_OF_YEARS}(?: ?(?:-|–|til) ?{NUMBER_OF_YEARS})?)(?: år)?(?!\w)"),
         _AGE, "age", 0.7, "n"),
    Rule(compiled(rf"(?<!\w)(?:{_SOMEONE}|\w+),? \(?(?P<n>\d\d)\)(?!\w)"), _AGE, "age", 0.4, "n"),
)  # fmt: skip
