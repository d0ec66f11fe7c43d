"""A person's dossier from a real vault: what is in it, as of which day, who may open it, what stays of the opening."""

import json
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import NotAllowedError, NotFoundError
from paizhu.base.rows import Ref, Row, Value
from paizhu.services.as_of import AsOf
from paizhu.services.dossier import paper as dossier_paper
from paizhu.services.dossier.gathering import Dossier, counts
from paizhu.services.dossier.words import sentence
from paizhu.services.office import Office

FIRST = datetime(2025, 3, 3, 9, 0)
LATER = datetime(2025, 8, 4, 9, 0)
BETWEEN = date(2025, 6, 30)
INFORMANT = "示例反映人冯某样"


def save(office: Office, register: str, rows: Any = None, **typed: Any) -> int:
    change = office.records.save(registers.register(register), typed, rows=rows)
    return change.records[0][1]


@pytest.fixture
def person(office: Office) -> int:
    with clock.clock_at(FIRST):
        return save(
            office,
            "person",
            {
                "post_history": [
                    {"post": "示例中心科员", "held_from": "2009-08-01", "held_to": "2018-05-31"},
                    {"post": "示例中心副主任", "held_from": "2018-06-01"},
                ],
                "relation": [{"relative": "曹某样", "relation": "夫妻"}],
            },
            name="曹志样",
            phone="13900000000",
            post_now="示例中心副主任",
        )


@pytest.fixture
def record_ids(office: Office, person: int) -> dict[str, int]:
    """One record about the person in each register that has any, half of them entered before, half after June 2025."""
    who = Ref("曹志样", "person", person)
    with clock.clock_at(FIRST):
        made = {
            "integrity_talk": save(office, "integrity_talk", subject=who, planned_date="2025-02-27", kind="日常"),
            "petition": save(
                office,
                "petition",
                {"informant": [{"name": INFORMANT}]},
                reported_names=[who],
                received_at="2025-02-01",
                summary="反映接受宴请",
            ),
            "duty_item": save(
                office, "duty_item", subject=who, content="排查廉政风险", due_date="2025-12-31", year=2025
            ),
        }
    with clock.clock_at(LATER):
        made |= {
            "lead": save(office, "lead", subject=who, received_at="2025-07-20", summary="违规接受宴请"),
            "measure": save(office, "measure", subject=who, decided_at="2025-08-01", kind="警告", facts="接受宴请两次"),
            "review_item": save(
                office,
                "review_item",
                {"candidate": [{"person": who}]},
                title="示例中心主任人选",
                planned_meeting_at="2025-09-18",
            ),
        }
    return made


def test_every_record_about_a_person_is_in_the_file_once_and_nothing_else(
    office: Office, person: int, record_ids: dict[str, int]
) -> None:
    save(office, "person", name="曹志样样", post_now="示例处处长")
    save(
        office, "integrity_talk", subject="曹志样样", planned_date="2026-03-01", talker=Ref("曹志样", "person", person)
    )
    file = Dossier(office.desk).of(person)
    assert {(line.register, line.id) for line in file.records} == set(record_ids.items())
    assert len(file.records) == len(record_ids)
    # The duty is in the list, but the page counts supervision, not duties.
    assert sum(number for _, _, number in counts(file)) == len(record_ids) - 1


def test_forty_records_over_seven_registers_are_all_in_the_file_and_on_paper(
    office: Office, person: int, record_ids: dict[str, int], tmp_path: Path
) -> None:
    who = Ref("曹志样", "person", person)
    made = set(record_ids.items())
    made.add(("case", save(office, "case", name="示例案", subject=who, filed_at="2025-08-02")))
    for number in range(40 - len(made)):
        typed = {"subject": who, "planned_date": f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"}
        made.add(("integrity_talk", save(office, "integrity_talk", **typed)))
        save(office, "integrity_talk", subject="旁人样", planned_date=typed["planned_date"])
    file = Dossier(office.desk).of(person)
    assert {(line.register, line.id) for line in file.records} == made
    assert len({register for register, _ in made}) == 7
    words = text_of(dossier_paper.write(office.desk, file, tmp_path / "档案.pdf", "年度考核").path)
    numbers = [office.records.get(registers.register(register), record_id).no for register, record_id in made]
    assert [number for number in numbers if number.partition("〕")[2] not in words] == []
    assert "目录" in words
    assert "旁人样" not in words


@pytest.mark.parametrize("day", [None, date(2025, 12, 31)])
def test_many_records_about_one_person_are_read_together(
    office: Office, person: int, day: date | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = Ref("曹志样", "person", person)
    with clock.clock_at(LATER), office.vault.act("import", "示例") as act:
        for at in range(60):
            given: dict[str, Value] = {"no": f"谈{at}", "year": 2025, "kind": "routine", "state": "planned"}
            act.create("integrity_talk", {**given, "subject": who, "planned_date": FIRST.date() + timedelta(days=at)})
    one_by_one: list[str] = []
    row = AsOf.row

    def noted(self: AsOf, kind: str, record_id: int) -> Row | None:
        one_by_one.append(kind)
        return row(self, kind, record_id)

    monkeypatch.setattr(AsOf, "row", noted)
    file = Dossier(office.desk).of(person, day, "示例")
    assert sum(line.register == "integrity_talk" for line in file.records) == 60
    assert "integrity_talk" not in one_by_one, "a person may stand in hundreds of talks"


def test_findings_risks_and_opinions_about_a_person_are_in_the_file_and_counted(office: Office, person: int) -> None:
    who = Ref("曹志样", "person", person)
    save(office, "finding", problem="差旅费缺少审批单", duty_person=who, source_kind="审计")
    save(office, "finding", problem="旁人的问题", acceptors=[who], duty_person="旁人样")
    save(office, "risk_point", name="资格审核", unit_id="示例中心", level="高", holders=[who], post="租赁审核")
    asked = [{"person": who, "to_post": "示例处处长", "reply": "建议暂缓", "reply_reason": "影响期未满"}]
    save(office, "integrity_opinion", {"opinion_person": asked}, from_unit="人事处", received_at="2026-03-02",
         reason="提拔任用", draft=who)  # fmt: skip
    save(office, "integrity_opinion", from_unit="人事处", received_at="2026-03-03", sign=who)
    file = Dossier(office.desk).of(person)
    assert {key: number for key, _, number in counts(file) if number} == {"findings": 1, "opinions": 1}
    (opinion,) = file.part("J")
    assert opinion.words == "提拔任用：示例处处长；建议暂缓"
    words = [line.words for line in file.part("D")]
    assert any("审计：差旅费缺少审批单" in each for each in words)
    assert any("资格审核：租赁审核；高" in each for each in words)
    assert not any("旁人" in each for each in words)
    assert [key for key, _, _ in counts(file)] == [
        "talks", "petitions", "leads", "cases", "reviews", "findings", "opinions"
    ]  # fmt: skip


def test_rows_of_the_archive_stand_in_their_parts_and_private_words_nowhere(office: Office, person: int) -> None:
    below = {
        "arc_family": [{"kinship": "配偶", "name": "示例家属甲"}],
        "arc_part_time": [{"unit": "示例协会", "post": "理事", "since": "2024-05-01"}],
        "arc_report": [{"year": 2025, "content": "示例述责"}],
        "arc_education": [{"on": "2025-06-01", "activity": "警示教育大会"}],
        "arc_reward": [{"content": "先进个人", "on": "2025-01-05"}],
        "arc_summary": [{"year": 2025, "content": "示例小结"}],
        "arc_access": [{"reader": "示例调阅人", "cause": "年度考核"}],
    }
    save(office, "integrity_archive", below, person_id=Ref("曹志样", "person", person), refreshed_at="2026-01-05",
         assessment="内部评价不外传")  # fmt: skip
    file = Dossier(office.desk).of(person)
    for letter, words in {"D": "兼职：示例协会", "E": "示例述责", "F": "警示教育大会", "K": "先进个人", "L": "示例小结",
                          "M": "示例调阅人", "B": "家庭成员：配偶"}.items():  # fmt: skip
        assert any(words in line.words for line in file.part(letter)), letter
    assert "示例家属甲" not in repr(file.parts)
    assert "内部评价" not in repr(file)
    past = Dossier(office.desk).of(person, BETWEEN)
    assert not past.part("K")


def test_a_new_talk_is_in_the_file_at_once(office: Office, person: int) -> None:
    before = len(Dossier(office.desk).of(person).records)
    save(office, "integrity_talk", subject="曹志样", planned_date="2026-03-20")
    assert len(Dossier(office.desk).of(person).records) == before + 1


def test_the_file_as_of_a_day_holds_what_was_entered_by_then(
    office: Office, person: int, record_ids: dict[str, int]
) -> None:
    file = Dossier(office.desk).of(person, BETWEEN)
    assert {line.register for line in file.records} == {"integrity_talk", "petition", "duty_item"}
    assert file.weight is None


def test_values_stand_in_the_file_as_they_stood_then(office: Office, person: int, record_ids: dict[str, int]) -> None:
    talk = registers.register("integrity_talk")
    other = save(office, "person", name="姚远样")
    office.records.save(talk, {"subject": Ref("姚远样", "person", other), "kind": "提醒"}, record_ids["integrity_talk"])
    office.records.save(registers.register("person"), {"nation": "回族"}, person)
    then, now = (Dossier(office.desk).of(person, day) for day in (BETWEEN, None))
    assert [fact.words for file in (then, now) for fact in file.facts if fact.name == "nation"] == ["", "回族"]
    assert next(line.words for line in then.part("G")).startswith("例行")
    assert not now.part("G")


def test_a_record_voided_since_still_stands_in_the_file_of_that_day(
    office: Office, person: int, record_ids: dict[str, int]
) -> None:
    office.records.void(registers.register("petition"), [record_ids["petition"]], "重复登记")
    registers_of = [{line.register for line in Dossier(office.desk).of(person, day).records} for day in (BETWEEN, None)]
    assert "petition" in registers_of[0]
    assert "petition" not in registers_of[1]


def test_a_day_before_the_person_was_entered_goes_by_events_and_says_so(office: Office, person: int) -> None:
    posts = [
        {"unit": "示例处", "post": "科员", "held_from": "2022-01-01", "held_to": "2025-06-30"},
        {"unit": "示例处", "post": "副处长", "held_from": "2025-07-01"},
    ]
    office.records.save(registers.register("person"), {}, person, rows={"post_history": posts})
    for day in ("2024-05-06", "2025-05-06"):
        save(office, "integrity_talk", subject="曹志样", planned_date=day, start_at=f"{day} 9:00")
    save(office, "measure", subject="曹志样", kind="党内警告", decided_at="2024-03-01", decided_by="示例机关")
    with pytest.raises(NotFoundError, match="2024"):
        Dossier(office.desk).of(person, date(2024, 12, 31))
    file = Dossier(office.desk).of(person, date(2024, 12, 31), by_events=True)
    assert [line.day for line in file.part("G")] == [date(2024, 5, 6)]
    assert file.post == "示例处 科员"
    assert file.weight is not None
    assert file.weight.runs
    assert file.basis.startswith("这个人 2025-03-03")
    assert "不表示当时已经知道" in file.basis
    assert "发生的事项" not in Dossier(office.desk).of(person, BETWEEN).basis
    with pytest.raises(NotFoundError):
        Dossier(office.desk).of(999, date(2024, 12, 31), by_events=True)


def test_an_influence_period_is_told_with_the_days_left(
    office: Office, person: int, record_ids: dict[str, int]
) -> None:
    weight = Dossier(office.desk).of(person).weight
    assert weight is not None
    assert weight.runs
    assert weight.days_left == (weight.period.end - date(2026, 3, 16)).days  # type: ignore[operator]  # it has an end


def test_an_informant_is_nowhere_in_the_file(
    office: Office, person: int, record_ids: dict[str, int], tmp_path: Path
) -> None:
    file = Dossier(office.desk).of(person)
    assert INFORMANT not in repr(file)
    written = dossier_paper.write(office.desk, file, tmp_path / "档案.pdf", "年度考核")
    assert INFORMANT not in text_of(written.path)


@pytest.mark.parametrize(("allowed", "told"), [("number", "内容按知悉范围不显示"), ("none", "")])
def test_cases_are_told_as_far_as_the_setting_allows(
    office: Office, person: int, record_ids: dict[str, int], allowed: str, told: str
) -> None:
    office.desk.set_setting("dossier_cases", allowed)
    file = Dossier(office.desk).of(person)
    words = " ".join(line.words for line in file.records)
    assert "接受宴请" not in words
    assert told in words
    assert file.hidden == (2 if allowed == "none" else 0)


def test_opening_is_on_record_with_its_purpose_once_an_hour(office: Office, person: int) -> None:
    dossier = Dossier(office.desk)
    for _ in range(3):
        dossier.of(person, purpose="拟任前了解")
    dossier.of(person, purpose="信访核查")
    with clock.clock_at(clock.now() + timedelta(hours=2)):
        dossier.of(person, purpose="拟任前了解")
    opened = [entry for entry in office.history.entries() if entry.kind == "open"]
    assert [entry.about["purpose"] for entry in opened] == ["拟任前了解", "信访核查", "拟任前了解"]
    assert office.history.verify() == []
    assert len(dossier.of(person).part("M")) >= len(opened)


def test_a_file_is_not_opened_without_a_purpose(office: Office, person: int) -> None:
    with pytest.raises(NotAllowedError, match="事由"):
        Dossier(office.desk).of(person, purpose="  ")


def test_nobody_opens_his_own_file(office: Office) -> None:
    own = save(office, "person", name="陈守正")
    with pytest.raises(NotAllowedError, match="本人"):
        Dossier(office.desk).of(own)


def test_nobody_opens_the_file_of_a_relative_whichever_side_names_the_other(office: Office, person: int) -> None:
    save(office, "person", {"relation": [{"relative": "曹志样", "relation": "近姻亲"}]}, name="陈守正")
    named = save(office, "person", {"relation": [{"relative": "陈守正", "relation": "夫妻"}]}, name="示例甲")
    for each in (person, named):
        with pytest.raises(NotAllowedError, match="亲属"):
            Dossier(office.desk).of(each)


def test_private_fields_are_covered_until_they_are_shown_and_that_is_on_record(office: Office, person: int) -> None:
    dossier = Dossier(office.desk)
    assert "13900000000" not in repr(dossier.of(person).facts)
    assert dossier.reveal(person, "phone") == "13900000000"
    assert office.history.entries()[0].kind == "reveal"


def test_whom_a_line_names_of_the_family_stands_covered_and_is_shown_on_record(
    office: Office, person: int, tmp_path: Path
) -> None:
    """Without a name nobody could tell two relatives apart; 8.5 keeps the name itself off every paper."""
    who, other = Ref("曹志样", "person", person), save(office, "person", name="曹志样样")
    ties: list[dict[str, Any]] = [
        {"person": "曹某样", "company": "示例公司", "role": "投资"},
        {"person": who, "company": "样例公司"},
    ]
    relations = [{"relative": "曹某样", "relation": "夫妻"}, {"relative": "白某样", "relation": "近姻亲"}]
    office.records.save(registers.register("person"), {}, person, rows={"relation": relations, "business_link": ties})
    save(office, "person", {"relation": [{"relative": who, "relation": "近姻亲"}]}, name="赵某样")
    family = [{"kinship": "子女", "name": "曹某某样", "unit": "示例学校"}]
    save(office, "integrity_archive", {"arc_family": family}, person_id=who, refreshed_at="2026-01-05")
    dossier = Dossier(office.desk)
    file = dossier.of(person)
    told = {line.words: line.covered for line in file.part("B")}
    assert set(told) == {
        "亲属和利害关系：夫妻 曹**",
        "亲属和利害关系：近姻亲 白**",
        "经商办企业：示例公司 投资 曹**",
        "经商办企业：样例公司",
        "赵**：近姻亲（关系人）",
        "家庭成员：子女，曹**",
    }
    shown = {words: dossier.reveal(person, cover.key) for words, cover in told.items() if cover}
    assert sorted(shown.values()) == ["曹某某样", "曹某样", "曹某样", "白某样", "赵某样"]
    entry = office.history.entries()[0]
    assert entry.kind == "reveal"
    assert entry.label.startswith("显示")
    assert entry.label.endswith("的姓名 曹志样")
    # A key of one dossier opens no name of another, whoever asks.
    for cover in filter(None, told.values()):
        with pytest.raises(NotFoundError, match="不在档案里"):
            dossier.reveal(other, cover.key)
    with pytest.raises(NotFoundError, match="不在档案里"):
        dossier.reveal(person, f"person:{other}:name")
    paper = text_of(dossier_paper.write(office.desk, file, tmp_path / "档案.pdf", "年度考核").path)
    printed = json.dumps(dossier_paper.plain(file, {}), ensure_ascii=False)
    for words in (paper, printed):
        assert "白**" in words
        assert not [name for name in ("曹某样", "白某样", "赵某样", "曹某某样") if name in words]


def test_paper_leaves_cases_out_without_a_purpose_and_says_so(
    office: Office, person: int, record_ids: dict[str, int], tmp_path: Path
) -> None:
    file = Dossier(office.desk).of(person)
    plain = text_of(dossier_paper.write(office.desk, file, tmp_path / "一.pdf").path)
    full = text_of(dossier_paper.write(office.desk, file, tmp_path / "二.pdf", "年度考核").path)
    assert "违规接受宴请" not in plain
    assert "另有2条按知悉范围未列出" in plain
    assert "违规接受宴请" in full
    assert "13900000000" not in full
    assert json.dumps(dossier_paper.plain(file, {"phone": "13900000000"})).count("13900000000") == 0


def text_of(path: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(read.stdout.decode().split())


def test_a_year_at_the_head_of_a_line_is_called_a_year(office: Office) -> None:
    archive = registers.register("integrity_archive")
    who = office.records.save(registers.register("person"), {"name": "示例甲", "status": "在职"}).records[0][1]
    typed = {"person_id": Ref("示例甲", "person", who), "refresh_year": "2026", "source": "本人填报"}
    row = office.records.get(archive, office.records.save(archive, typed).records[0][1])
    assert sentence(archive, row, ()) == "2026 年度：本人填报"
