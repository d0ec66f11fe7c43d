"""Faces of the machine go first, every character is looked up, and what no font has is named."""

import gc
import struct
from pathlib import Path

import pytest

from paizhu.documents.pdf import font_files as pdf_font_files
from paizhu.documents.pdf.fonts import Face, FontBook, our_file, told

OURS = FontBook(())
NOWHERE = "\U000323ae"


def disguised(folder: Path, family: str, *, forbidden: bool = False) -> Path:
    """Put one of our fonts there under another family, as if it were installed."""
    raw = bytearray(our_file("NotoSerifSC-Bold").read_bytes())
    old = "Noto Serif SC".encode("utf-16-be")
    at = raw.find(old)
    while at >= 0:
        raw[at : at + len(old)] = family.ljust(13).encode("utf-16-be")
        at = raw.find(old, at + 1)
    if forbidden:
        count = struct.unpack_from(">H", raw, 4)[0]
        for place in range(count):
            tag, _sum, offset, _length = struct.unpack_from(">4sIII", raw, 12 + 16 * place)
            if tag == b"OS/2":
                struct.pack_into(">H", raw, offset + 8, 2)
    path = folder / f"{family}.ttf"
    path.write_bytes(raw)
    return path


def test_nothing_is_kept_of_a_font_that_python_would_look_through(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics

    glyph = OURS[Face.SONG].glyph("字")
    assert glyph is not None
    kept = vars(vars(pdfmetrics.getFont(glyph.font))["face"])
    lists = {name: sum(map(gc.is_tracked, each.values())) for name, each in kept.items() if isinstance(each, dict)}
    assert max(lists.values()) < 100, lists


def test_without_installed_fonts_ours_stand_for_every_face_and_this_is_said() -> None:
    assert len(OURS.substitutes()) == len(Face)
    assert OURS.substitutes()[0] == "小标宋用 Noto Serif SC 粗体 代替"


def test_an_installed_face_goes_before_ours(tmp_path: Path) -> None:
    path = disguised(tmp_path, "FangSong")
    book = FontBook((tmp_path,))
    main = book[Face.BODY].main
    assert isinstance(main, pdf_font_files.FontFile)
    assert main.path == path
    assert not any(words.startswith("仿宋") for words in book.substitutes())


def test_a_font_whose_licence_forbids_embedding_is_not_used(tmp_path: Path) -> None:
    disguised(tmp_path, "FangSong", forbidden=True)
    assert FontBook((tmp_path,)).substitutes() == OURS.substitutes()


def test_files_that_are_no_fonts_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "simfang.ttf").write_bytes(b"no font at all")
    (tmp_path / "simhei.ttc").write_bytes(b"ttcf" + b"\xff" * 40)
    (tmp_path / "simkai.ttf").write_bytes(our_file("NotoSansSC-Bold").read_bytes()[:200])
    assert pdf_font_files.by_name((tmp_path, tmp_path / "missing")) == {}


def test_a_character_the_face_lacks_comes_from_the_next_font() -> None:
    # 仿宋_GB2312 and our bold serif have no rare characters; the regular ones do.
    own, rare = OURS[Face.TITLE].glyph("审"), OURS[Face.TITLE].glyph("㐂")
    assert own is not None
    assert rare is not None
    assert own.font != rare.font
    assert OURS[Face.BODY].glyph("𰻞") is not None


def test_a_character_in_no_font_is_printed_as_its_code_and_named() -> None:
    missing: set[str] = set()
    assert OURS.printable(Face.BODY, f"示{NOWHERE}例", missing) == "示〔缺字U+323AE〕例"
    assert missing == {NOWHERE}
    assert told(missing) == (
        f"“{NOWHERE}”（U+323AE）在本机和程序自带的字体里都没有，纸上印成〔缺字U+323AE〕，请手写补上",
    )


@pytest.mark.parametrize(
    ("text", "printed", "warned"),
    [
        ("示\ue863例", "示〔缺字U+E863〕例", "自造字 U+E863"),
        ("葛\U000e0100某", "葛某", "异体字选择符 U+E0100"),
        ("甲\u200b乙\ufeff\x07丙\u00ad", "甲乙丙", ""),
        ("甲\t乙", "甲 乙", ""),
        ("示𠅤㛃䶮", "示𠅤㛃䶮", ""),
    ],
    ids=["private use", "variation", "invisible", "tabulator", "rare names"],
)
def test_odd_characters_are_never_boxes(text: str, printed: str, warned: str) -> None:
    missing: set[str] = set()
    assert OURS.printable(Face.BODY, text, missing) == printed
    assert [words.startswith(warned) for words in told(missing)] == ([True] if warned else [])


def test_every_hanzi_of_gb2312_can_be_printed_in_every_face() -> None:
    rows = (bytes((first, second)) for first in range(0xB0, 0xF8) for second in range(0xA1, 0xFF))
    hanzi = "".join(raw.decode("gb2312", "ignore") for raw in rows)
    assert len(hanzi) == 6763
    assert not [char for char in hanzi for face in Face if OURS[face].glyph(char) is None]
