"""Telling whether two writings speak of one matter or one organisation, closely enough to be asked about."""

import re
from functools import lru_cache

from paizhu.rules.flags.matching import company_name, stem

_SHORT = 40
"""Up to this length a text is a name; what is replaced in it makes it another one."""
_CLOSE = 80
LEAST = 2
"""Characters the name of an organisation has at least."""
_TELLING = frozenset(
    "0123456789abcdefghijklmnopqrstuvwxyz〇零一二三四五六七八九十两首次末甲乙丙丁东西南北上下前后左右内外"
)

_LEGAL_FORM = re.compile(r"(?<=..)(?:股份有限|有限责任|有限)?公司$")
_PLACE = re.compile(r"^.{0,7}?(?:特别行政区|自治[区州县旗]|开发区|新区|地区|街道|[省市州盟区县旗镇乡])(?=..)")
PLACE_ENDS, FORM_BEGINS = "省市州盟区县旗镇乡道", "股有公"
"""With which a place ends and a legal form begins: between such a pair stands what organisations have in common."""


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


@lru_cache(maxsize=8192)
def organisation(name: str) -> str:
    """Return the name of an organisation without brackets, width and legal form: 示例建设 for 示例建设有限公司."""
    return _LEGAL_FORM.sub("", company_name(name))


@lru_cache(maxsize=8192)
def organisation_core(name: str) -> str:
    """Return what is left of it without the places it begins with: 示例局 for 示例市示例局 and for 市示例局."""
    core = organisation(name)
    while (rest := _PLACE.sub("", core)) != core:
        core = rest
    return core


def same_organisation(one: str, other: str) -> bool:
    """Tell whether two names may be written for one organisation: with its place, legal form and brackets or without.

    The bureaus of two places are two, however alike they are; so is a company of a group beside the group.
    """
    short, long = sorted((organisation(one), organisation(other)), key=len)
    if len(short) < LEAST or not long.endswith(short):
        return False
    return short == long or organisation_core(one) == organisation_core(other)
