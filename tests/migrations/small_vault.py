"""What stands in the small vault of a release: invented, a little of everything."""

from pathlib import Path

from paizhu import registers
from paizhu.services.office import Office
from paizhu.storage import keys
from tests.typed import THEN

DATA = Path(__file__).parent / "data"
PASSWORD = "小库口令-2026"
CHEAP = keys.Cost(memory_kib=64, iterations=1, lanes=1)
RECORDS = {"person": 2, "unit": 1, "integrity_talk": 3, "petition": 1, "lead": 1}


def fill(office: Office, folder: Path) -> None:
    """Put records, rows, a step, an attachment, a voided record and an undone act into the vault."""
    records, kind = office.records, registers.register
    office.vault.keep("setting", "officer", "陈守正")
    records.save(kind("unit"), {"name": "某示例单位"})
    for name in ("孙立新", "单秀兰"):
        records.save(kind("person"), {"name": name, "unit_now": "某示例单位"})
    talk = kind("integrity_talk")
    for day in ("2026-03-05", "2026-03-06", "2026-03-09"):
        saved = records.save(
            talk, {"subject": "孙立新", "planned_date": day}, rows={"requirement": [{"words": "报送"}]}
        )
    records.save(talk, {"place": "三楼谈话室"}, saved.records[0][1])
    held = {
        **THEN,
        "kind": "提醒",
        "reason": "年度",
        "unit_id": "某示例单位",
        "start_at": "3.5 9:30",
        "place": "谈话室",
        "record": "按提纲谈了三个问题",
        "recorder": "蒋薇",
        "talker": "陈某",
        "companion_unit": "某示例机关纪委",
    }
    records.advance(talk, 1, "held", held)
    records.void(talk, [2], "重复登记")
    records.save(talk, {"place": "四楼"}, 3)
    office.history.undo(office.history.entries()[0].id)
    records.save(
        kind("petition"),
        {"received_at": "2026-03-02", "summary": "反映公车私用"},
        rows={"informant": [{"name": "举报人甲某"}]},
    )
    records.save(kind("lead"), {"subject": "单秀兰", "received_at": "2026-03-02", "source": "信访举报"})
    paper = folder / "附件.txt"
    paper.write_text("示例附件", encoding="utf-8")
    records.attach(talk, 1, paper)
    paper.unlink()
