"""Cut the shipped fonts out of the published Noto files; run once by whoever renews resources/fonts.

Needs fonttools, which is not one of the pinned packages because only this program uses it. How to get the input
stands in resources/fonts/README.md.
"""

import argparse
import bz2
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont

FONTS_DIR = Path(__file__).resolve().parent.parent / "resources" / "fonts"
EXTENSION_A = range(0x3400, 0x4DC0)
UNIFIED = range(0x4E00, 0xA000)
STANDARD_COUNT = 8105

# Vertical metrics and the tables that describe a family of weights serve neither a horizontal window nor a PDF.
DROPPED_TABLES = ["vhea", "vmtx", "BASE", "STAT", "DSIG"]

# A Chinese text moves no glyph, so of the layout only what Latin letters and punctuation need is kept.
KEPT_FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk"]


def is_gb2312(code: int) -> bool:
    """Tell whether every Chinese computer since 1981 knows the character."""
    try:
        chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def standard_characters(unihan: Path) -> set[int]:
    """Return the 8,105 characters of 通用规范汉字表 (2013), the ones a name may be registered with."""
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        found = {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}
    if len(found) != STANDARD_COUNT:
        raise SystemExit(f"{unihan.name} names {len(found)} standard characters instead of {STANDARD_COUNT}")
    return found


def kept(style: str, available: Iterable[int], standard: set[int]) -> set[int]:
    """Choose the characters of one face.

    The regular faces keep everything, since they are what the others fall back to. Bold stands in headings and
    labels: the sans, which the window uses, loses the very rare extension A; the serif keeps the standard hanzi.
    """
    match style:
        case "NotoSansSC-Bold":
            return {code for code in available if code not in EXTENSION_A or code in standard}
        case "NotoSerifSC-Bold":
            return {
                code
                for code in available
                if code in standard or is_gb2312(code) or (code not in UNIFIED and code < EXTENSION_A.start)
            }
        case _:
            return set(available)


def cut(source: Path, target: Path, standard: set[int]) -> TTFont:
    """Write the face named by `target`, cut down from the published one."""
    options = Options()
    options.drop_tables += DROPPED_TABLES
    options.layout_features = KEPT_FEATURES
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=kept(target.stem, font.getBestCmap(), standard))
    subsetter.subset(font)
    save_font(font, str(target), options)
    return font


def main() -> int:
    """Read the two unpacked packages and the Unihan file, write four faces."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sans", type=Path, help="unpacked package @expo-google-fonts/noto-sans-sc")
    parser.add_argument("serif", type=Path, help="unpacked package @expo-google-fonts/noto-serif-sc")
    parser.add_argument("unihan", type=Path, help="Unihan_OtherMappings.txt.bz2, which holds kTGH")
    given = parser.parse_args()
    standard = standard_characters(given.unihan)
    for folder, family in ((given.sans, "NotoSansSC"), (given.serif, "NotoSerifSC")):
        for weight, style in (("400Regular", "Regular"), ("700Bold", "Bold")):
            target = FONTS_DIR / f"{family}-{style}.ttf"
            font = cut(folder / weight / f"{family}_{weight}.ttf", target, standard)
            size = target.stat().st_size / 1e6
            sys.stdout.write(f"{target.name}: {len(font.getBestCmap())} characters, {size:.1f} MB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
