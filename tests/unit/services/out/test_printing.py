"""Papers from a real vault, read back from the PDF; and what a code on paper proves later."""

import subprocess
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.errors import NotAllowedError, NotFoundError
from paizhu.base.view import View
from paizhu.services import sample
from paizhu.services.dossier import paper as dossier_paper
from paizhu.services.dossier.gathering import Dossier
from paizhu.services.office import Office
from paizhu.services.out import anchoring
from paizhu.services.out.anchoring import Verdict
from paizhu.storage import chain, cipher, keys
from paizhu.storage.vault import DATABASE

TALK = registers.register("integrity_talk")
LEAD = registers.register("lead")
PETITION = registers.register("petition")


def text_of(path: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(read.stdout.decode().split())


@pytest.fixture
def talk(office: Office) -> int:
    typed = {
        "subject": "孙立新",
        "planned_date": "3.5",
        "kind": "提醒",
        "record": "指出整改督办不力",
        "talker": "陈守正",
    }
    return office.records.save(TALK, typed).records[0][1]


@pytest.mark.parametrize("code", ["talk_form", "talk_record", "record"])
def test_a_talk_is_printed_and_the_printing_is_on_record(office: Office, talk: int, code: str, tmp_path: Path) -> None:
    head = anchoring.head_code(office.desk)
    written = office.printing.paper(code, TALK, talk, tmp_path / "谈话.pdf")
    words = text_of(written.path)
    assert "孙立新" in words
    assert head in words
    assert office.history.entries()[0].kind == "print"


def test_a_list_is_printed_as_it_is_shown(office: Office, talk: int, tmp_path: Path) -> None:
    written = office.printing.list(View("integrity_talk"), tmp_path / "列表.pdf", ("planned_date", "subject"))
    assert "2026-03-05" in text_of(written.path)


def test_a_lead_needs_a_purpose(office: Office, tmp_path: Path) -> None:
    lead = office.records.save(LEAD, {"subject": "马某样", "received_at": "3.2", "summary": "反映收受礼品"}).records[0][
        1
    ]
    with pytest.raises(NotAllowedError, match="用途"):
        office.printing.paper("disposal_approval", LEAD, lead, tmp_path / "呈批.pdf")
    assert not (tmp_path / "呈批.pdf").exists()
    written = office.printing.paper("disposal_approval", LEAD, lead, tmp_path / "呈批.pdf", "报请审批")
    assert "马某样" in text_of(written.path)
    assert office.history.entries()[0].about["purpose"] == "报请审批"


def test_an_approval_lists_the_files_of_its_lead(office: Office, tmp_path: Path) -> None:
    lead = office.records.save(LEAD, {"subject": "马某样", "received_at": "3.2", "summary": "反映收受礼品"}).records[0][
        1
    ]
    for code in ("disposal_approval", "inquiry_approval", "check_approval"):
        assert "示例转办函" not in text_of(office.printing.paper(code, LEAD, lead, tmp_path / "一.pdf", "报批").path)
    (tmp_path / "示例转办函.pdf").write_bytes(b"%PDF-1.4 sample")
    office.records.attach(LEAD, lead, tmp_path / "示例转办函.pdf")
    for code in ("disposal_approval", "inquiry_approval", "check_approval"):
        words = text_of(office.printing.paper(code, LEAD, lead, tmp_path / f"{code}.pdf", "报批").path)
        assert "1.示例转办函.pdf" in words


def test_informants_are_never_printed(office: Office, tmp_path: Path) -> None:
    petition = office.records.save(
        PETITION, {"received_at": "3.2", "summary": "反映公车私用"}, rows={"informant": [{"name": "举报人甲某"}]}
    ).records[0][1]
    words = text_of(office.printing.paper("record", PETITION, petition, tmp_path / "信访.pdf", "归档").path)
    assert "公车私用" in words
    assert "举报人甲某" not in words


def test_a_paper_that_does_not_exist_is_refused_with_those_that_do(office: Office, talk: int, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="廉政谈话登记表"):
        office.printing.paper("nothing", TALK, talk, tmp_path / "无.pdf")


def test_a_code_tells_genuine_from_changed_since(office: Office, talk: int) -> None:
    code = anchoring.head_code(office.desk)
    assert anchoring.verify(office.desk, code, "integrity_talk", talk).verdict is Verdict.GENUINE
    office.records.save(TALK, {"place": "三楼"}, talk)
    later = anchoring.verify(office.desk, code.lower(), "integrity_talk", talk)
    assert (later.verdict, len(later.since)) == (Verdict.CHANGED, 1)
    assert anchoring.verify(office.desk, code).verdict is Verdict.GENUINE
    with pytest.raises(NotFoundError, match="校验码"):
        anchoring.verify(office.desk, "随便什么")


def test_a_code_finds_its_own_paper_and_tells_what_changed_since(office: Office, talk: int, tmp_path: Path) -> None:
    other = office.records.save(TALK, {"subject": "冯雅琴", "planned_date": "3.9"}).records[0][1]
    code = anchoring.head_code(office.desk)
    office.printing.paper("talk_form", TALK, talk, tmp_path / "谈话.pdf")
    genuine = anchoring.verify(office.desk, code, "integrity_talk", other)
    assert (genuine.verdict, genuine.printed and genuine.printed.record) == (Verdict.GENUINE, ("integrity_talk", talk))
    assert "廉政谈话登记表" in genuine.words
    office.records.save(TALK, {"place": "三楼"}, other)
    assert anchoring.verify(office.desk, code).verdict is Verdict.GENUINE
    office.records.save(TALK, {"place": "三楼"}, talk)
    # The words of the QR code are understood as well as the code in the footer.
    later = anchoring.verify(office.desk, f"paizhu:{code}:integrity_talk:{talk}")
    assert later.verdict is Verdict.CHANGED
    assert [each.entry.label for each in later.since] == [office.history.entries()[0].label]


def test_a_printed_dossier_is_found_by_its_code(office: Office, tmp_path: Path) -> None:
    person = office.records.save(registers.register("person"), {"name": "孙立新"}).records[0][1]
    file = Dossier(office.desk).of(person, purpose="年度考核")
    code = anchoring.head_code(office.desk)
    dossier_paper.write(office.desk, file, tmp_path / "档案.pdf", "年度考核")
    printed = anchoring.verify(office.desk, code).printed
    assert printed
    assert printed.record == ("person", person)


def test_a_rewritten_and_rechained_journal_is_exposed_by_an_older_print(office: Office, talk: int) -> None:
    office.records.save(TALK, {"place": "三楼"}, talk)
    code = anchoring.head_code(office.desk)
    vault = office.vault
    vault.close()
    connection = cipher.connect(vault.folder / DATABASE, keys.subkey(vault.data_key, keys.Purpose.DATABASE))
    connection.execute("UPDATE journal_change SET delta = replace(delta, '三楼', '九楼')")
    previous = chain.GENESIS
    for row in connection.execute(
        "SELECT id, at, kind, label, actor, about, undoes FROM journal_entry ORDER BY id"
    ).fetchall():
        digest = chain.ChangesDigest()
        for change in connection.execute(
            "SELECT kind, record_id, action, delta FROM journal_change WHERE entry_id = ? ORDER BY id", (row[0],)
        ):
            digest.add(*change)
        made = chain.entry_hash(previous, row, digest.hexdigest())
        connection.execute("UPDATE journal_entry SET previous = ?, hash = ? WHERE id = ?", (previous, made, row[0]))
        previous = made
    connection.close()
    reopened = type(vault).open_with(vault.folder, vault.header, vault.data_key)
    try:
        forged = Office(reopened)
        assert forged.history.verify() == []
        assert anchoring.verify(forged.desk, code).verdict is Verdict.REWRITTEN
    finally:
        reopened.close()


def test_a_letter_is_printed_only_as_the_kind_it_is(invented: Office, tmp_path: Path) -> None:
    proposal = registers.register("proposal")
    notice = next(row for row in invented.records.window(View("proposal"), 0, 20) if row.values["kind"] == "rectify")
    offered = [kind.code for kind in invented.printing.kinds(proposal, notice)]
    assert offered == ["rectify_notice", "record"]
    with pytest.raises(NotAllowedError, match="整改通知书"):
        invented.printing.paper("proposal_letter", proposal, notice.id, tmp_path / "书.pdf")
    assert not list(tmp_path.glob("*.pdf"))


def test_nothing_is_reported_as_unanswered_that_was_never_urged(invented: Office, tmp_path: Path) -> None:
    duty = registers.register("duty_item")
    with pytest.raises(NotAllowedError, match="还没有督促过"):
        invented.printing.paper("duty_report", duty, 2, tmp_path / "报告.pdf")
    invented.printing.paper("duty_reminder", duty, 2, tmp_path / "函.pdf")
    assert "前完成" in text_of(tmp_path / "函.pdf")
    assert "应于期限前" not in text_of(tmp_path / "函.pdf")
    assert not text_of(tmp_path / "函.pdf").startswith("内部")


def test_an_approval_is_headed_by_the_name_of_the_group(invented: Office, tmp_path: Path) -> None:
    invented.printing.paper("disposal_approval", LEAD, 1, tmp_path / "表.pdf", "报批")
    assert f"{sample.GROUP}问题线索处置呈批表" in text_of(tmp_path / "表.pdf")


def test_a_code_says_which_fields_changed_since_and_when(office: Office, talk: int, tmp_path: Path) -> None:
    code = anchoring.head_code(office.desk)
    office.printing.paper("talk_record", TALK, talk, tmp_path / "录.pdf")
    office.records.save(TALK, {"place": "三楼谈话室", "record": "改过的内容"}, talk)
    later = anchoring.verify(office.desk, code)
    assert later.verdict is Verdict.CHANGED
    assert set(later.since[0].fields) >= {"谈话地点", "谈话内容"}
    assert later.since[0].words.startswith("2026-03-16 10:26 ")
    assert "改过的内容" not in later.since[0].words


def test_a_list_knows_whether_its_register_changed_since(office: Office, talk: int, tmp_path: Path) -> None:
    code = anchoring.head_code(office.desk)
    office.printing.list(View("integrity_talk"), tmp_path / "列表.pdf")
    assert anchoring.verify(office.desk, code).verdict is Verdict.GENUINE
    office.records.save(LEAD, {"subject": "马某样", "received_at": "3.2", "summary": "示例"})
    assert anchoring.verify(office.desk, code).verdict is Verdict.GENUINE
    office.records.save(TALK, {"place": "三楼"}, talk)
    later = anchoring.verify(office.desk, code)
    assert later.verdict is Verdict.CHANGED
    assert "这本台账改动过 1 次" in later.words
    assert anchoring.verify(office.desk, f"paizhu:{code}:integrity_talk").verdict is Verdict.CHANGED


def test_a_code_from_beyond_the_journal_asks_to_look_at_the_typing_first(office: Office) -> None:
    found = anchoring.verify(office.desk, "9999-ABCDEF0123")
    assert found.verdict is Verdict.REWRITTEN
    assert found.words.startswith("留痕里没有第 9999 条，现在只到第")


@pytest.mark.parametrize("anchor", ["deadlines", "主业与职责外工作对照表", "谈话覆盖表", ""])
def test_the_words_of_every_qr_code_are_taken(office: Office, talk: int, anchor: str) -> None:
    stamp = office.printing.stamp("", "", anchor)
    assert anchoring.verify(office.desk, stamp.anchor.removesuffix(":")).verdict is Verdict.GENUINE
