"""References that are read: records open by mouse and keyboard, names of the roster stay words."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.services.office import Office
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button
from paizhu.ui.register.ref_links import RefLinks, linked_refs

from .conftest import MakePage

FINDING, RISK = registers.register("finding"), registers.register("risk_point")


def test_a_finding_at_a_risk_point_opens_from_its_form(
    make_page: MakePage, office: Office, context: Context, qtbot: QtBot
) -> None:
    at = office.records.save(RISK, {"name": "房源调配", "unit_id": "示例中心"}).records[0][1]
    finding = office.records.save(FINDING, {"problem": "没有审批", "risk_ref": Ref("房源调配", RISK.key, at)})
    page = make_page(FINDING, RISK)
    page.open_record(RISK.key, at)
    field = page.side.detail.form.fields["finding_refs"]
    links = field.cell.findChild(RefLinks)
    assert isinstance(links, RefLinks)
    link = links.findChild(Button)
    assert isinstance(link, Button)
    assert "没有审批" in link.text()
    assert field.reading.isHidden()
    with qtbot.waitSignal(context.events.asked_for) as asked:
        link.setFocus()
        QTest.keyClick(link, Qt.Key.Key_Space)
    assert asked.args == list(finding.records[0])


def test_names_stay_words_and_words_without_a_record_do_too() -> None:
    linked, words = Ref("示例甲", "person", 3), Ref("问0009")
    assert linked_refs(RISK.field("owner"), linked) == ()
    assert linked_refs(RISK.field("finding_refs"), (words,)) == ()
    assert linked_refs(RISK.field("finding_refs"), (words, Ref("问0010", "finding", 2))) != ()


def test_a_long_link_is_cut_and_says_all_in_its_tooltip(qtbot: QtBot) -> None:
    links = RefLinks()
    qtbot.addWidget(links)
    links.show_refs([Ref("发现〔2026〕0004号 租赁补贴复核超期十二户没有书面说明", "finding", 4)])
    links.resize(140, 40)
    links.show()
    link = links.findChild(Button)
    assert isinstance(link, Button)
    assert link.text().endswith("…")
    assert link.toolTip().endswith("没有书面说明")
    assert link.width() <= 140


def test_a_link_stands_where_the_words_of_other_fields_begin(qtbot: QtBot, qapp: QApplication) -> None:
    theme.install(qapp)
    links = RefLinks()
    qtbot.addWidget(links)
    links.show_refs([Ref("建〔2026〕001", "proposal", 1)])
    links.resize(600, 40)
    links.show()
    picture = links.grab().toImage()
    ground = picture.pixel(picture.width() - 1, 0)
    inked = [x for x in range(picture.width()) for y in range(picture.height()) if picture.pixel(x, y) != ground]
    assert min(inked) < 20
    assert max(inked) < 300
