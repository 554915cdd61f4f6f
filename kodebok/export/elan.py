"""ELAN's annotation format (EAF 3.0): a tier for each voice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kodebok.export.timed import TimedText
from kodebok.export.xml_text import attribute, element_text

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<ANNOTATION_DOCUMENT AUTHOR="" DATE="{day}T00:00:00+00:00" FORMAT="3.0" VERSION="3.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">\n'
    ' <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>\n'
)
_TAIL = (
    ' <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="default-lt" '
    'TIME_ALIGNABLE="true"/>\n'
    "</ANNOTATION_DOCUMENT>\n"
)


def eaf_bytes(tiers: Mapping[str, Sequence[TimedText]], day: str) -> bytes:
    """The tiers as an ELAN file; the sound is chosen when it is opened, for its path may tell.

    Args:
        tiers: Turns by the label of their voice; in each, none over another.
        day: ISO date of the file.
    """
    times = sorted({at for turns in tiers.values() for t in turns for at in (t.start_ms, t.end_ms)})
    slots = {at: f"ts{number}" for number, at in enumerate(times, start=1)}
    order = "".join(
        f'  <TIME_SLOT TIME_SLOT_ID="{slot}" TIME_VALUE="{at}"/>\n' for at, slot in slots.items()
    )
    out = [_HEAD.format(day=day), f" <TIME_ORDER>\n{order} </TIME_ORDER>\n"]
    number = 0
    for label, turns in tiers.items():
        name = attribute("TIER_ID", label) + attribute("PARTICIPANT", label)
        out.append(f' <TIER LINGUISTIC_TYPE_REF="default-lt"{name}>\n')
        for turn in turns:
            number += 1
            out.append(
                f'  <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number}" '
                f'TIME_SLOT_REF1="{slots[turn.start_ms]}" TIME_SLOT_REF2="{slots[turn.end_ms]}">'
                f"<ANNOTATION_VALUE>{element_text(turn.text)}</ANNOTATION_VALUE>"
                "</ALIGNABLE_ANNOTATION></ANNOTATION>\n"
            )
        out.append(" </TIER>\n")
    return "".join([*out, _TAIL]).encode("utf-8", "replace")
