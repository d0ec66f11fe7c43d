"""The shipped fonts: taken by the PDF library, complete for names, with their licence."""

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from devtools.terminal import ROOT

FONTS = ROOT / "resources" / "fonts"
FACES = ["NotoSansSC-Regular", "NotoSansSC-Bold", "NotoSerifSC-Regular", "NotoSerifSC-Bold"]

# Common in given names and in papers, but absent from the old standard GB 2312; the last lies beyond the BMP.
NAMES = "喆堃玥镕珺晗淼犇翀婳𬱖"
PAPERS = "〔2026〕〇㎡￥①②㈠№℃，。；：！？“”‘’（）《》、…—·→□√"


@pytest.mark.parametrize("face", FACES)
def test_a_face_holds_what_names_and_papers_need(face: str) -> None:
    known = TTFontFile(str(FONTS / f"{face}.ttf")).charToGlyph
    assert [char for char in NAMES + PAPERS if ord(char) not in known] == []


@pytest.mark.parametrize("face", [face for face in FACES if face.endswith("Regular")])
def test_a_regular_face_holds_every_hanzi_of_gbk(face: str) -> None:
    known = TTFontFile(str(FONTS / f"{face}.ttf")).charToGlyph
    hanzi = [code for code in range(0x4E00, 0x9FA6) if chr(code).encode("gbk", "ignore")]
    assert len(hanzi) == 20902
    assert [chr(code) for code in hanzi if code not in known] == []


def test_the_fonts_stay_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in FONTS.glob("*.ttf")) < 40_000_000


def test_every_face_stands_in_the_list_with_its_licence() -> None:
    listed = (FONTS / "README.md").read_text(encoding="utf-8")
    assert {path.stem for path in FONTS.glob("*.ttf")} == set(FACES)
    for face in FACES:
        licence = f"OFL-{face.split('-')[0]}.txt"
        assert f"`{face}.ttf`" in listed
        assert f"`{licence}`" in listed
        assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / licence).read_text(encoding="utf-8")
