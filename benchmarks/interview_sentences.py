"""Invented interview sentences for training: bokmål, nynorsk and dialects, with and without names.

NorNE is newspapers and parliament; interviews have other first words, other verbs, and people known
by first name. `{f}` is a first name, `{l}` a surname, `{n}` both, `{p}` a place, `{o}` an
organisation named after a place, `{fs}` and `{ps}` their genitives.
"""

from __future__ import annotations

import random
import re

from benchmarks.augmentation import NameSupply
from benchmarks.norne import Named, Text

_SLOT = re.compile(r"\{(\w+)\}")

_KINDS_OF_HOUSE = (
    "sykehus sjukehus sykehjem sjukeheim bo- og behandlingssenter legesenter skole skule barnehage "
    "ungdomsskole kommune bygdeheim omsorgssenter helsesenter distriktspsykiatriske_senter"
).split()

_WITH_NAMES = """
Det var {f} som fant ham, og så ringte hun til meg.
Jeg snakket med {f} om det i går, og hun var enig.
Ja, altså, {f} pleier å si at vi er for få.
Nei, det må du spørre {n} om.
Han {f} har jo vært her i alle år.
Hun {f} på kontoret, hun vet alt.
Og så var det {f}, da, som ikke fikk komme inn.
Vi hadde en pasient fra {p} som ble flyttet tre ganger.
Før jobbet jeg i {p}, på {o}, i seks år.
Jeg er fra {p} opprinnelig, men jeg flyttet hit for å jobbe.
Etter at {n} sluttet, ble det helt stille på {p}.
Lederen min, {n}, sa at vi måtte vente.
Da er det {fs} ansvar, ikke mitt.
{fs} mor ringte hver dag.
Det er jo {f} og {f} som tar rute tre.
Sjefen og jeg delte kontor, men {f} satt alene.
Takk, {f}, det var fint.
Hva tenker du, {f}?
Du vet hvordan {f} er.
Vi ble slått sammen med {o}, og da fikk vi {f} som sjef.
{o} ville ikke ta imot ham.
De på {o} sier noe annet.
I {p} gjør de det på en annen måte.
Naboen til {f} kjørte henne til {p}.
Da {l} skulle hjem, var det ingen som hadde gitt beskjed.
Gamle {l} døde i mars, og da ble huset stående.
Ordføreren i {p} kom på besøk.
Jeg heter {n} og er sykepleier.
Hun heter {f}, tror jeg.
Så kom {f} inn med kake.
Vi pleier å møtes på {p}, nede ved kaia.
Ferja til {p} var innstilt.
Alle i {p} kjenner alle.
Kommunalsjefen, {n}, hadde bestemt det.
Det sto i saken til {l}.
{f} {l} var der hele tida.
Sønnen hennes, {f}, bor i {p}.
Ektemannen hennes, han {f}, kan ikke være alene.
Ho {f} sa det same, at vi måtte prøve.
Eg spurde {f} om ho kunne ta vakta.
Det var {n} som fann på det.
Han {f} kjem alltid seint.
Eg kjem frå {p}, men eg har budd her i tjue år.
På {o} har dei ikkje sånne møte.
Me fekk ein pasient frå {p} som ingen visste noko om.
Viss {f} ikkje er der, så stoppar alt.
Kva seier {f} til det?
{fs} dotter bur i {p}.
Det er {f} og eg som køyrer ut.
Rektoren på {o} var imot.
Ja, {f} har vore her sidan starten.
Då {l} vart sjuk, måtte {f} ta over.
Æ sa det te {f}, men ho hørt ikkje.
Han {f} va jo med på det.
Ho {f} e snill, men ho e sein.
Det e {f} som kan det der.
Vi va på {p} heile helga.
Æ kjem fra {p}, så æ veit kordan det e.
Da {f} slutta, vart det nåkka heilt anna.
Kem va det, va det {f} eller {f}?
Dem på {o} skjønne ikkje kordan vi har det.
Han {n} fra {p}, han har vorre der.
Je snakka med a {f} om detta.
Hu {f} har vøri her i ti år.
Eg snakka med ho {f}, og ho visste ikkje ka det va.
Ka {f} synes, det får du spørra han om.
Ikkje sant, {f}.
Hei {f}, kom inn.
Er det {f} eller {f} som har nøkkelen?
Ingen spurte {f}.
Fra {p} til {p} er det en time med bil.
Legen på {o} heter {l}.
Det kom en e-post fra {n} ved {o}.
Pasienten {l} skal til {o} på mandag.
Hun datteren til {f} jobber også her.
Vi kaller den for {p}-modellen.
{o} har kommet lenger enn oss.
Det er bare {f} igjen av de gamle.
Broren min, {f}, jobber i {p} kommune.
Vi tok over etter {n} og {n}.
Moderator het {f}, tror jeg.
Vi var tre: {f}, {f} og meg.
Jeg ringte {l} med en gang.
Dette var før {p} og {p} ble slått sammen.
På vei til {p} møtte jeg {f}.
""".strip().splitlines()

_WITHOUT_NAMES = """
Ja, det stemmer.
Nei, det vil jeg ikke si.
Altså, det var vel egentlig to grunner.
Hm, det må jeg tenke på.
Jo, men det er jo ikke alle som får det til.
Hva mener du med det?
Kan du fortelle litt om jobben din?
Da sier vi det sånn.
Fint. Hvor lenge har du hatt den stillingen?
Takk for at du tok deg tid.
Herregud, det var en lang dag.
Oi, det visste jeg ikke.
Ok, da går vi videre til neste tema.
Hjemmetjenesten og tildelingskontoret har felles gang.
Enhetsleder sa at vi skulle vente.
Sykepleier har ansvar for medisiner.
Fysioterapeut kommer på tirsdager.
Ergoterapeuten sitter vegg i vegg med oss.
Avdelingsleder og tillitsvalgt var til stede.
Morgenmøtet er det viktigste vi har.
Tverrfaglig samhandling, det er et ord som ingen er imot.
Individuell plan er jo lovpålagt.
Kommunen har ikke råd til flere stillinger.
Rådmannen la fram budsjettet i kommunestyret.
Pårørende vet mer enn vi tror.
Mandag er kontordag, tirsdag kjører vi ut.
Vi jobber jo sammen om de brukerne som trenger mest.
Og så er det økonomien, da.
Liksom, du vet, det er litt sånn.
Neida, det går fint.
Akkurat. Og hvordan opplevde du det?
Intervjuer spør om tid og bemanning.
Informanten ler.
Man må nesten ha vært der for å skjønne det.
Ofte er det den som roper høyest som får hjelp.
Det er noe med å se hverandre i øynene.
Eg veit ikkje heilt korleis eg skal seie det.
Ja, det er klart.
Nei, det trur eg ikkje.
Kan du seie litt meir om det?
Me har ikkje tid til sånt.
Det handlar om tryggleik, eigentleg.
Kva tenkjer du på då?
Leiaren vår er lite til stades.
Fyrst laga me ein plan, og så skjedde det ingenting.
Heimetenesta har fått nye bilar.
Sjukepleiaren på vakt har telefonen.
Æ veit ikkje, æ.
Nei, det e ikkje sånn det funke.
Dem har jo sine rutina.
Vi prøvd, men det gikk ikkje.
Ka ska man si te sånt?
Da va det berre å begynn på nytt.
Det va itj så lett som dem trudd.
Je veit itte, je.
Helt ærlig, så tror jeg ikke at det hjalp.
Der har du det.
Sånn er det bare.
Så det ble et avvik av det.
Men vi fikk det til, på et vis.
Alle visste det, ingen sa det.
Tavla er grønn når alt er i orden.
Brukermedvirkning er mer enn et skjema.
Velferdsteknologi sparer tid, men ikke for alle.
Helse og omsorg er den største sektoren.
Psykisk helse og rus holder til i samme bygg.
Barnevernet og skolen møtes hver måned.
Vakttelefonen ringte ikke en eneste gang.
Forrige uke hadde vi opplæring.
Greit, men hvem har ansvaret?
Gruppa møttes to ganger.
Bilen var på verksted.
Opptakeren står på nå.
Moderator ber om en runde.
Referat ble sendt på e-post.
Vent litt, det må jeg tenke over.
Unnskyld, kan du gjenta spørsmålet?
Hei, kom inn og sett deg.
Dersom noen blir syke, er det ingen som kan ta over.
Hva gjør dere da?
Begge deler, egentlig.
Mitt kontor er i andre etasje.
Ruta ble lagt om i vinter.
Men ingen spurte oss.
Gangen er full av hjelpemidler.
Plasten lå igjen på gulvet.
Det er oss det går ut over, ikke dem.
Han sto der, og hun satt der, og ingen sa et ord.
Ergo og fysio har felles møte.
Dem på kontoret veit ikkje korsen vi har det.
Folkan som bor her, e vant til det.
Begge gangan va bilen på verksted.
Nån må jo ta ansvar.
Ho tok nøklan og gikk.
Bilnøkkel, vakttelefon og nettbrett, det er alt vi har.
Økonomi, turnus og sykefravær, det er det lederen spør om.
Ingenting er bestemt ennå.
Uten dem hadde vi ikke klart det.
Selv sier de at det går bra.
Dessuten var det ingen som visste om det.
Rutinen er laminert og henger på veggen.
Avviket ble lukket samme dag.
Datteren ringer hver kveld, og sønnen kommer i helgene.
Kaffe? Ja takk, gjerne.
Brukerrådet ble ikke spurt.
Kommunestyret vedtok det i juni.
Mora og faren bor fortsatt hjemme.
Ektepar A får hjelp, ektepar B får ikke.
Ja, nei, jeg vet ikke helt.
Ikke sant? Det er jo sånn det er.
Mhm. Og så?
Så, ja, det var den dagen.
No skal vi sjå.
Korleis gjekk det?
Nei, no må du gje deg.
Då sat vi der.
Dei eldste vil bu heime.
Bygda har vorte stillare.
""".strip().splitlines()


def organisation(supply: NameSupply, rng: random.Random) -> str:
    """An institution named after a place."""
    return f"{supply.place()} {rng.choice(_KINDS_OF_HOUSE).replace('_', ' ')}"


def _filled(slot: str, supply: NameSupply, rng: random.Random) -> tuple[str, str]:
    genitive = slot.endswith("s")
    kind = slot.removesuffix("s")
    words, type_ = {
        "f": lambda: (supply.first(), "person"),
        "l": lambda: (supply.last(), "person"),
        "n": lambda: (supply.full(), "person"),
        "p": lambda: (supply.place(), "place"),
        "o": lambda: (organisation(supply, rng), "organisation"),
    }[kind]()
    if genitive:
        words += "'" if words[-1] in "sxz" else "s"
    return words, type_


def interview(supply: NameSupply, rng: random.Random, sentences: int = 14) -> Text:
    """A text of some invented sentences, as turns."""
    pieces: list[str] = []
    names: list[Named] = []
    length = 0
    for _ in range(sentences):
        template = rng.choice(_WITH_NAMES if rng.random() < 0.55 else _WITHOUT_NAMES)
        at = 0
        for slot in _SLOT.finditer(template):
            before = template[at : slot.start()]
            words, type_ = _filled(slot.group(1), supply, rng)
            start = length + len(before)
            pieces += [before, words]
            length = start + len(words)
            names.append(Named(start, length, type_))
            at = slot.end()
        ending = template[at:] + rng.choice((" ", " ", "\n"))
        pieces.append(ending)
        length += len(ending)
    return Text("".join(pieces), tuple(names))
