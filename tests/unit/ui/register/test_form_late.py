"""A form is made when it is first seen or asked for, and shows then what it was to show all along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.services.office import Office
from paizhu.ui.kit.label import Label
from paizhu.ui.register.detail_stack import FORM, OVERVIEW
from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.register.form import Form
from paizhu.ui.register.form_standing import Standing
from paizhu.ui.theme import POINTS, Scheme, Theme
from paizhu.ui.turns import Pieces
from tests.typed import WHOLE

from .conftest import MakePage
from .used import field, type_into

DUTY, REVIEW = registers.register("duty_item"), registers.register("review_item")


def _duty(office: Office, matter: str) -> int:
    typed = {"content": matter, "subject": "示例局党组", "year": "2026"}
    names = {name: words for name, words in typed.items() if DUTY.has(name)}
    for each in DUTY.identifying:
        names.setdefault(each.name, matter)
    return office.records.save(DUTY, names).records[0][1]


def test_a_record_looked_at_in_its_overview_makes_no_field(make_page: MakePage, office: Office) -> None:
    one = _duty(office, "示例事项甲")
    page = make_page(DUTY)
    page.open_record(DUTY.key, one)
    form = page.side.detail.form
    assert page.side.detail.header.tabs.currentIndex() == OVERVIEW
    assert form.findChildren(FieldRow) == []
    assert not form.is_open
    assert not form.is_changed()
    assert form.typed() == {}


def test_the_form_shows_the_record_once_its_tab_is_in_front(make_page: MakePage, office: Office) -> None:
    one, two = _duty(office, "示例事项甲"), _duty(office, "示例事项乙")
    page = make_page(DUTY)
    tabs = page.side.detail.header.tabs
    page.open_record(DUTY.key, one)
    tabs.setCurrentIndex(FORM)
    assert _said(page.side.detail.form, "示例事项甲")
    # Another record chosen while the overview is in front is read by the form when it comes back.
    tabs.setCurrentIndex(OVERVIEW)
    page.open_record(DUTY.key, two)
    tabs.setCurrentIndex(FORM)
    assert _said(page.side.detail.form, "示例事项乙")
    assert not _said(page.side.detail.form, "示例事项甲")


def test_another_record_is_shown_once_and_the_form_it_hides_is_not_filled(
    make_page: MakePage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = _duty(office, "示例事项甲"), _duty(office, "示例事项乙")
    page = make_page(DUTY)
    page.open_record(DUTY.key, one)
    detail = page.side.detail
    assert detail.overview is not None
    detail.header.tabs.setCurrentIndex(FORM)
    shown: list[int] = []
    filled: list[int] = []
    show, fill = detail.overview.showing, Standing.show_in

    def noted(row: Row) -> Pieces:
        shown.append(row.id)
        return show(row)

    def noted_fill(standing: Standing, part: QWidget) -> None:
        filled.append(1)
        fill(standing, part)

    monkeypatch.setattr(detail.overview, "showing", noted)
    monkeypatch.setattr(Standing, "show_in", noted_fill)
    page.open_record(DUTY.key, two)
    assert detail.header.tabs.currentIndex() == detail.stack.currentIndex() == OVERVIEW
    assert shown == [two]
    assert not filled
    detail.header.tabs.setCurrentIndex(FORM)
    assert filled
    assert _said(detail.form, "示例事项乙")


def test_a_new_form_is_not_filled_with_the_record_that_stood_there(
    make_page: MakePage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_page(DUTY)
    page.open_record(DUTY.key, _duty(office, "示例事项甲"))
    # The record is in its overview: the form is made and filled when it comes into sight, now for a new one.
    held: list[Row | None] = []
    fill = Standing.__init__

    def noted(standing: Standing, register: Register, row: Row | None, rows: Mapping[str, Sequence[Row]]) -> None:
        held.append(row)
        fill(standing, register, row, rows)

    monkeypatch.setattr(Standing, "__init__", noted)
    page.new_record()
    assert held == [None]
    assert not _said(page.side.detail.form, "示例事项甲")
    assert page.side.detail.form.isVisible()
    assert field(page, "content").editing


def test_a_section_typed_into_is_shown_once_when_it_is_saved(
    make_page: MakePage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_page(DUTY)
    page.open_record(DUTY.key, _duty(office, "示例事项甲"))
    page.side.detail.header.tabs.setCurrentIndex(FORM)
    type_into(page, "content", "示例事项乙")
    shown: list[QWidget] = []
    fill = Standing.show_in

    def noted(standing: Standing, part: QWidget) -> None:
        shown.append(part)
        fill(standing, part)

    monkeypatch.setattr(Standing, "show_in", noted)
    assert page.side.acts.save()
    form = page.side.detail.form
    assert len(form.sections) > 1
    assert len(shown) == len(set(shown))
    assert field(page, "content").words() == "示例事项乙"
    assert not form.is_open


def test_a_record_with_a_draft_stays_in_the_form_it_was_typed_into(make_page: MakePage, office: Office) -> None:
    one, two = _duty(office, "示例事项甲"), _duty(office, "示例事项乙")
    page = make_page(DUTY)
    for record in (two, one):
        page.open_record(DUTY.key, record)
        page.run("edit")
        if record == two:
            type_into(page, "content", "示例事项乙，改了一半")
    page.open_record(DUTY.key, two)
    assert page.side.detail.header.tabs.currentIndex() == page.side.detail.stack.currentIndex() == FORM
    assert "改了一半" in str(field(page, "content").raw())


def test_fields_without_a_value_have_no_widgets_until_they_are_typed_into(
    make_page: MakePage, talks: list[int]
) -> None:
    page = make_page()
    page.open_record("integrity_talk", talks[0])
    form = page.side.detail.form
    assert form.fields["kind"].made
    assert not form.fields["cancel_reason"].made
    form.open_section(name="cancel_reason")
    assert form.fields["cancel_reason"].made
    assert form.fields["cancel_reason"].cell.isVisible()


def test_a_change_of_look_reaches_every_page_of_a_form(make_page: MakePage, talks: list[int], look: Theme) -> None:
    page = make_page()
    page.open_record("integrity_talk", talks[0])
    label = page.side.detail.form.fields["kind"].label
    before = label.fontMetrics().height()
    look.set_points(POINTS[3])
    assert label.fontMetrics().height() > before
    look.set_scheme(Scheme.DARK)
    assert label.palette().windowText().color() == look.colour("ink3")
    look.set_points(POINTS[0])
    assert label.fontMetrics().height() == before


def _said(form: Form, words: str) -> bool:
    assert form.sections
    labels = form.findChildren(Label)
    return any(words in label.text() for label in labels if label.isVisible())


def test_a_field_asked_for_is_in_sight_in_a_form_made_only_for_it(
    make_page: MakePage, office: Office, qtbot: QtBot
) -> None:
    made = office.records.save(REVIEW, {"title": "示例事项"}).records[0][1]
    assert REVIEW.flow is not None
    step = next(each for each in REVIEW.flow.steps if "change_note" in each.needs)
    with office.vault.act("step", "已出具意见") as act:
        act.change(REVIEW, made, None, {"state": step.before})
    page = make_page(REVIEW)
    page.open_record(REVIEW.key, made)
    detail = page.side.detail
    assert detail.header.tabs.currentIndex() == OVERVIEW
    detail.step_asked.emit(step)
    assert detail.header.tabs.currentIndex() == FORM
    cell, seen = detail.form.fields["changed_after_review"].cell, detail.stack.form_scroll.viewport()
    qtbot.waitUntil(lambda: seen.rect().contains(cell.mapTo(seen, cell.rect().bottomLeft())), timeout=1500)


@pytest.mark.parametrize(
    ("before", "after", "rows", "values", "stays", "said"),
    [
        ("material_check", "under_review", {"material": [{"name": "议题单"}]}, {}, True, "材料还没有收到：议题单"),
        (
            "under_review",
            "opinion_draft",
            {"check": [{"words": "已列入预算"}]},
            {"recused": "否", "flags_seen": "是", "opinion": "同意上会"},
            True,
            "审查要点还没有核对：已列入预算",
        ),
        (
            "feedback_sent",
            "unit_reply",
            {"suggestion": [{"number": 1, "words": "补充比价材料"}]},
            {"adopted": "采纳"},
            False,
            "",
        ),
    ],
)
def test_a_step_that_waits_for_what_is_ticked_on_the_overview_stays_there(
    make_page: MakePage, office: Office, before: str, after: str, rows: Any, values: Any, stays: bool, said: str
) -> None:
    typed = {**WHOLE["review_item"], "title": "示例事项", "category": "重要干部任免", **values}
    candidate = {"candidate": [{"person": "示例甲", "from_post": "副科长", "to_post": "科长"}]}
    made = office.records.save(REVIEW, typed, rows={**candidate, **rows}).records[0][1]
    assert REVIEW.flow is not None
    step = REVIEW.flow.step(before, after)
    with office.vault.act("step", "示例") as act:
        act.change(REVIEW, made, None, {"state": before})
    page = make_page(REVIEW)
    page.open_record(REVIEW.key, made)
    detail = page.side.detail
    assert detail.header.tabs.currentIndex() == OVERVIEW
    detail.step_asked.emit(step)
    assert detail.header.tabs.currentIndex() == (OVERVIEW if stays else FORM)
    assert detail.strip.isVisible()
    assert said in detail.strip.accessibleName()
    assert office.records.get(REVIEW, made).state == before
