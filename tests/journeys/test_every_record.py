"""Every register's record on a small screen, at 100, 150 and 200 %: empty, saved with the least, refused, its tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.field import Field, FieldKind
from paizhu.base.register import Register
from paizhu.ui.register.detail_stack import FILES, FORM, HISTORY, TIMELINE
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.theme import Scheme
from paizhu.ui.tour_screens import Walk
from tests.journeys.walking import Seen

LOOKS = [(Scheme.LIGHT, 10.5), (Scheme.DARK, 16.0), (Scheme.LIGHT, 21.0)]
KEYS = (
    "unit",
    "person",
    "duty_item",
    "meeting",
    "review_item",
    "integrity_talk",
    "petition",
    "lead",
    "case",
    "measure",
)
LONG = f"{'关于落实党风廉政建设责任制情况' * 3}的报告.pdf"


def typed(field: Field) -> str:
    """Return words for a field without which nothing is saved."""
    return "2026-03-02" if field.kind is FieldKind.DAY else f"示例{field.label}"


def scenes(
    walk: Walk, page: RegisterPage, register: Register, paper: Path
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is done with one record after another, with the words for it."""
    yield "空表", lambda: page.new_record(register.key)
    # A page of several registers stands at another one until a record of this one is begun.
    detail = page.side.detail
    yield "没有填就保存", lambda: page.run("record.save")

    def fill() -> None:
        for field in register.identifying:
            detail.form.fields[field.name].show_raw(typed(field))
        page.run("record.save")

    yield "只填最少的", fill
    yield "被拒的一步", lambda: page.run("record.primary")
    yield "全部打开", lambda: detail.form.open_fields([field.name for field in register.fields])
    yield "离开填写", page.side.acts._leaving._leave
    for tab, words in ((FORM, "记录"), (TIMELINE, "时间线"), (HISTORY, "修改记录"), (FILES, "附件")):
        yield words, lambda tab=tab: detail.header.tabs.setCurrentIndex(tab)  # type: ignore[misc]  # bound at once
    yield "附件名很长", lambda: page.side.files.add([paper, paper.parent / "没有.pdf"], "")
    yield (
        "作废",
        lambda: walk._desk().context.events.changed.emit(
            walk._desk().context.office.records.void(register, [detail.work.record_id or 0], "重复登记的示例")
        ),
    )


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
@pytest.mark.parametrize(("scheme", "points"), LOOKS)
@pytest.mark.parametrize("key", KEYS)
def test_nothing_of_a_record_is_cut(walk: Walk, tmp_path: Path, key: str, scheme: Scheme, points: float) -> None:
    seen = Seen(walk, scheme, points)
    paper = tmp_path / LONG
    paper.write_text("示例", encoding="utf-8")
    desk, register = walk._desk(), registers.register(key)
    desk.open_record(key, 0)
    walk._settle()
    page = desk.pages.currentWidget()
    assert isinstance(page, RegisterPage)
    for words, scene in scenes(walk, page, register, paper):
        scene()
        seen.look(words)
    assert seen.told == ""
