"""Ways to spoil a workbook: its bytes, the parts of its package, and the XML inside them."""

import io
import random
import re
import zipfile
from collections.abc import Callable

_NUMBER = re.compile(rb"(?<=[\"'>])\d+(?=[\"'<])")
_ATTRIBUTE = re.compile(rb'[\w:]+="[^"]*"')
_TAG = re.compile(rb"<[^<>]+>")
_HUGE = (b"-1", b"0", b"99999999999999999999", b"1E308", b"NaN", b"2147483648", b"1048577", b"")
_STRANGE = (b"\xff\xfe", b"&#0;", b"&nbsp;", b"<!--", b"]]>", b"<![CDATA[", b"\x00", "\ud7ff".encode(), b"<!DOCTYPE x>")


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return the workbook spoilt in one way or several."""
    if not content.startswith(b"PK") or chance.random() < 0.15:
        return spoilt(content, chance)
    return repacked(content, chance)


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """Change, cut, repeat or leave out bytes."""
    made = bytearray(content)
    if not made:
        return bytes(made)
    at = chance.randrange(len(made))
    match chance.randrange(4):
        case 0:
            for _ in range(chance.randrange(1, 12)):
                made[chance.randrange(len(made))] = chance.randrange(256)
        case 1:
            del made[at:]
        case 2:
            made[at:at] = made[at : at + chance.randrange(1, 400)]
        case _:
            del made[at : at + chance.randrange(1, 60)]
    return bytes(made)


def repacked(content: bytes, chance: random.Random) -> bytes:
    """Spoil, leave out, exchange or repeat parts of the package."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    names = list(parts)
    victims = chance.sample(names, min(len(names), chance.randrange(1, 3)))
    for name in victims:
        match chance.randrange(10):
            case 0:
                parts.pop(name)
            case 1:
                other = chance.choice(names)
                parts[name] = parts.get(other, b"")
            case 2:
                parts[name] = spoilt(parts[name], chance)
            case _:
                parts[name] = chance.choice(_XML)(parts[name], chance)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return target.getvalue()


def _numbers(xml: bytes, chance: random.Random) -> bytes:
    return _some(xml, _NUMBER, chance, lambda _found: chance.choice(_HUGE))


def _attributes(xml: bytes, chance: random.Random) -> bytes:
    return _some(xml, _ATTRIBUTE, chance, lambda found: b"" if chance.random() < 0.5 else found + b" " + found)


def _tags(xml: bytes, chance: random.Random) -> bytes:
    return _some(xml, _TAG, chance, lambda found: b"" if chance.random() < 0.5 else found * chance.randrange(2, 40))


def _shuffled(xml: bytes, chance: random.Random) -> bytes:
    pieces = xml.split(b"</row>")
    chance.shuffle(pieces)
    return b"</row>".join(pieces)


def _strange(xml: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(xml) + 1)
    return xml[:at] + chance.choice(_STRANGE) * chance.randrange(1, 4) + xml[at:]


def _deep(xml: bytes, chance: random.Random) -> bytes:
    tags = _TAG.findall(xml)
    tag = chance.choice(tags) if tags else b"<a>"
    return xml.replace(tag, tag + b"<x>" * chance.randrange(1, 3000), 1)


def _long(xml: bytes, chance: random.Random) -> bytes:
    return xml.replace(b"</v>", b"9" * chance.randrange(1, 5000) + b"</v>", chance.randrange(1, 4))


_XML = (_numbers, _numbers, _attributes, _tags, _shuffled, _strange, _deep, _long)


def _some(xml: bytes, pattern: re.Pattern[bytes], chance: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    found = list(pattern.finditer(xml))
    if not found:
        return xml
    for each in sorted(chance.sample(found, min(len(found), chance.randrange(1, 6))), key=lambda one: -one.start()):
        xml = xml[: each.start()] + change(each[0]) + xml[each.end() :]
    return xml
