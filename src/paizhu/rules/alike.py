"""Telling whether two writings speak of one matter, closely enough to be asked about."""

from paizhu.rules.flags.matching import stem

_SHORT = 40
"""Up to this length a text is a name; what is replaced in it makes it another one."""
_CLOSE = 80
_TELLING = frozenset(
    "0123456789abcdefghijklmnopqrstuvwxyz〇零一二三四五六七八九十两首次末甲乙丙丁东西南北上下前后左右内外"
)


def same_matter(one: str, other: str, least: int) -> bool:
    """Tell whether two texts are alike by ``least`` per cent and no number, order or name sets them apart.

    二标段 is another section than 一标段, and the appointment of one person another than that of the next, however
    alike the titles are; words added or left out, and a single mistaken character, make no other matter. Under 80 per
    cent only the likeness as a whole counts: two accounts of one talk are written in different words.
    """
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    here, there = stem(one), stem(other)
    if not here or not there:
        return False
    if here == there:
        return True
    if fuzz.ratio(here, there) < least:
        return False
    if least < _CLOSE or max(len(here), len(there)) > _SHORT:
        return True
    for change in Levenshtein.opcodes(here, there):
        if change.tag == "equal":
            continue
        gone = here[change.src_start : change.src_end]
        come = there[change.dest_start : change.dest_end]
        if _TELLING.intersection(gone + come) or (change.tag == "replace" and max(len(gone), len(come)) > 1):
            return False
    return True
