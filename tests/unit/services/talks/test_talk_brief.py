"""谈前一页纸: built from the registers on one page; informants and undisclosed leads never stand on it."""

import subprocess
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.rows import Ref, Row
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.services.talks.brief import TalkBrief
from paizhu.storage import queries, steps
from tests.typed import registered

TALK = registers.register("integrity_talk")
INFORMANT = ("举报者甄某", "13900000000", "甄家巷 9 号")
SECRET = (*INFORMANT, "线〔2026〕0001", "信〔2026〕0001", "收受示例公司购物卡", "插手示例工程招标", "谈话提醒")


def save(office: Office, key: str, **typed: object) -> int:
    return office.records.save(registers.register(key), typed).records[0][1]


def words_of(path: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(read.stdout.decode().split())


@pytest.fixture
def talk(office: Office) -> int:
    """A talk planned with somebody much is known of, planted with everything that must not be told."""
    save(office, "person", name="孙立新", post_now="党组成员、副局长", duties_now="工程建设、质量安全", team_now="是")
    rows = {"informant": [{"name": INFORMANT[0], "contact": INFORMANT[1], "address": INFORMANT[2]}]}
    informant = registers.register("petition").child("informant")
    rows = {"informant": [{name: words for name, words in rows["informant"][0].items() if informant.has(name)}]}
    assert rows["informant"][0]
    petition = {"reported_names": "孙立新", "received_at": "3.1", "summary": "反映收受示例公司购物卡"}
    office.records.save(registers.register("petition"), petition, rows=rows)
    save(office, "lead", subject="孙立新", received_at="3.2", summary="反映插手示例工程招标")
    remind = save(
        office, "integrity_talk", subject="孙立新", planned_date="2026-01-15", start_at="2026-01-15 9:00",
        kind="谈话提醒", lead_ref="线〔2026〕0001", requirements="就收受示例公司购物卡作出说明",
    )  # fmt: skip
    earlier = office.records.save(
        TALK,
        {"subject": "孙立新", "planned_date": "2025-09-16", "start_at": "2025-09-16 15:00", "kind": "提醒",
         "reason": "整改督促", "record": f"据{INFORMANT[0]}反映的情况"},
        rows={"requirement": [
            {"words": "复核剩余整改", "due": "2026-03-06"},
            {"words": "报送对照检查", "due": "2025-10-10", "done_at": "2025-10-09"},
            {"words": "说明线〔2026〕0001所列问题", "due": "2026-03-01"},
        ]},
    )  # fmt: skip
    for each in (remind, earlier.records[0][1]):
        registered(office, each)
    save(office, "duty_item", content="深基坑专项整治", subject="局党组", owner="孙立新", due_date="2026-03-12")
    save(
        office,
        "duty_item",
        content="核查信〔2026〕0001 反映的问题",
        subject="局党组",
        owner="孙立新",
        due_date="2026-03-20",
    )
    save(
        office, "review_item", title="检测设备采购", leader_in_charge="孙立新", planned_meeting_at="2026-02-10",
        opinion="同意上会", adopted="采纳",
    )  # fmt: skip
    finding = {"duty_leader": "孙立新", "due": "2026-03-05", "duty_unit": "示例站"}
    save(office, "finding", problem="深基坑监测记录不全", source_kind="review", **finding)
    save(office, "finding", problem="收受示例公司购物卡问题未整改", source_kind="petition", **finding)
    save(
        office,
        "risk_point",
        name="工程质量监督",
        leader="孙立新",
        unit_id="示例站",
        level="高",
        manifestation="以罚代管",
    )
    save(office, "review_item", title="两年前的议题", leader_in_charge="孙立新", planned_meeting_at="2024-02-10")
    return save(office, "integrity_talk", subject="孙立新", planned_date="2026-03-20", kind="日常", reason="年度")


def test_the_brief_gathers_what_is_known_each_with_how_it_stands(office: Office, talk: int) -> None:
    brief = TalkBrief(office.desk).of(office.records.get(TALK, talk))
    assert brief.post == "党组成员、副局长"
    assert "分管：工程建设、质量安全" in [line.words for line in brief.part("post").lines]
    assert [line.whole for line in brief.part("talks").lines] == ["2025-09-16 提醒谈话，整改督促"]
    assert [line.whole for line in brief.part("promises").lines] == [
        "2025-09-16 复核剩余整改（超期 6 个工作日）",
        "2025-09-16 报送对照检查（2025-10-09 已落实）",
    ]
    assert [line.whole for line in brief.part("items").lines] == ["2026-02-10 检测设备采购（同意上会，采纳）"]
    assert [line.whole for line in brief.part("duties").lines] == ["深基坑专项整治（超期 2 个工作日）"]
    assert [line.whole for line in brief.part("findings").lines] == ["深基坑监测记录不全（超期 7 个工作日）"]
    assert [line.whole for line in brief.part("risks").lines] == ["工程质量监督：以罚代管（风险等级高）"]
    assert [line.words for line in brief.urgent] == ["深基坑监测记录不全", "2025-09-16 复核剩余整改", "深基坑专项整治"]
    outline = [line.words for line in brief.part("outline").lines]
    assert any("复核剩余整改" in words for words in outline)
    assert "分管领域廉政风险" in outline


def test_on_paper_it_is_one_page_that_names_no_informant_and_no_lead(office: Office, talk: int, tmp_path: Path) -> None:
    written = office.printing.paper("talk_brief", TALK, talk, tmp_path / "一页纸.pdf")
    words = words_of(written.path)
    assert written.pages == 1
    assert written.warnings == ()
    for told in (
        "孙立新",
        "复核剩余整改",
        "深基坑专项整治",
        "检测设备采购",
        "深基坑监测记录不全",
        "工程质量监督",
        "谈话提纲建议",
        "工程建设、质量安全",
    ):
        assert told in words
    assert [secret for secret in SECRET if "".join(secret.split()) in words] == []
    assert office.history.entries()[0].label.startswith("打印 谈前一页纸")


def test_everything_there_is_still_fits_one_page(office: Office, talk: int, tmp_path: Path) -> None:
    for at in range(12):
        save(
            office,
            "duty_item",
            content=f"示例责任事项 {at}：" + "落实示例要求，" * 9,
            subject="局党组",
            owner="孙立新",
            due_date="2026-04-20",
        )
        save(
            office, "review_item", title=f"示例议题 {at} " + "示例内容" * 10, leader_in_charge="孙立新",
            planned_meeting_at=f"2026-02-{at + 1:02d}",
        )  # fmt: skip
    written = office.printing.paper("talk_brief", TALK, talk, tmp_path / "一页纸.pdf")
    assert written.pages == 1


def test_somebody_outside_the_roster_gets_a_brief_of_what_the_talk_says(office: Office) -> None:
    one = save(
        office, "integrity_talk", subject="外单位某", subject_post="科长", planned_date="2026-03-20", kind="提醒"
    )
    brief = TalkBrief(office.desk).of(office.records.get(TALK, one))
    assert brief.person is None
    assert brief.post == "科长"
    assert [part.key for part in brief.parts if part.lines] == ["post", "outline"]


def test_a_talk_without_its_kind_still_has_a_brief(office: Office) -> None:
    one = save(office, "integrity_talk", subject="外单位某", planned_date="2026-03-20")
    assert TalkBrief(office.desk).of(office.records.get(TALK, one)).part("outline").lines == ()
    assert office.records.count(View(TALK.key)) == 1


def test_a_name_outside_the_roster_is_looked_up_without_reading_all_talks(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.vault.act("import", "示例") as act:
        for number in range(2_500):
            day = date(2025, 1 + number % 12, 1)
            who = Ref(f"示例{number % 500}")
            act.create(TALK, {"subject": who, "planned_date": day, "start_at": day, "state": "held"})
    asked: list[View] = []
    every = queries.every

    def noted(connection: Any, view: View) -> Iterator[Row]:
        asked.append(view)
        return every(connection, view)

    monkeypatch.setattr(queries, "every", noted)
    row = office.records.get(TALK, office.records.ids(View(TALK.key))[7])
    assert len(TalkBrief(office.desk).of(row).part("talks").lines) == 3
    assert TALK.key in {view.register for view in asked}
    with office.vault.read() as connection:
        for view in asked:
            reads = partial(queries.ids, connection, view)
            assert steps.within(connection, 2_000, lambda: isinstance(reads(), list)), view  # noqa: B023  # run at once
