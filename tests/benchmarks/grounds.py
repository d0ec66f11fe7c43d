"""What is measured on: an encrypted vault, a ledger of twenty columns, records by the hundred thousand."""

import random
import shutil
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import xlsxwriter

from paizhu.base.rows import Ref, Value
from paizhu.services.office import Office
from paizhu.storage import cipher, header, keys, migrate
from paizhu.storage.vault import DATABASE, Vault

CHEAP = keys.Cost(memory_kib=64, iterations=1, lanes=1)
PASSWORD = "测速口令-2026"
HEADERS = (
    *("谈话时间", "姓名", "对象职务", "对象单位", "谈话类型", "谈话事由", "事由说明", "谈话地点", "主谈人", "陪谈人"),
    *(
        "记录人",
        "谈话内容",
        "对象表态",
        "提出要求",
        "已核对签字",
        "签字日期",
        "后续措施",
        "回访日期",
        "集体人数",
        "备注",
    ),
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉"
_WORDS = (
    "指出分管领域廉政风险防控不到位整改督办不力要求对照责任清单逐项销号本周内书面反馈情况严格执行中央八项规定精神"
    "加强对工程招标物资采购公务接待等重点环节的监督检查发现问题及时报告并做好记录归档工作"
)
# The everyday characters of GB 2312, some a thousand times as frequent as others, as in any text.
_CHARACTERS = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)]
random.Random(3).shuffle(_CHARACTERS)
_FREQUENT = list(accumulate(1 / (place + 10) for place in range(len(_CHARACTERS))))
FIRST_DAY = date(2006, 1, 4)


def new_office(folder: Path) -> Office:
    """Make an encrypted vault and open it; its password costs little, since it is not what is measured."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made, data_key, _code = header.Header.create(PASSWORD, CHEAP)
    migrate.build(folder / DATABASE, keys.subkey(data_key, keys.Purpose.DATABASE))
    made.save(folder)
    vault = Vault.open_with(folder, made, data_key)
    vault.catch_up()
    return Office(vault)


def bare_database(path: Path) -> Any:
    """Return a connection to an encrypted database of its own, opened as the vault's is: what floors write into."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return cipher.connect(path, bytes(32))


def names(chance: random.Random, count: int) -> list[str]:
    """Return so many invented names, each once."""
    made: dict[str, None] = {}
    while len(made) < count:
        made[chance.choice(_SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN)] = None
    return list(made)


def words(chance: random.Random, length: int) -> str:
    """Return so many characters, as frequent as in writing, with a phrase that a twelfth of all records hold."""
    start = chance.randrange(len(_WORDS))
    phrase = (_WORDS * 2)[start : start + 8]
    return "".join(chance.choices(_CHARACTERS, cum_weights=_FREQUENT, k=length - 8)) + phrase


def ledger_rows(count: int) -> list[list[Any]]:
    """Return the cells of an invented ledger, as officers type them."""
    chance = random.Random(1)
    people = names(chance, max(count // 30, 10))
    rows = []
    for row in range(count):
        day = FIRST_DAY + timedelta(days=row % 7300)
        typed = f"{day.year}.{day.month}.{day.day}"
        who = (people[row % len(people)], "副处长", f"某示例单位{row % 40}处")
        what = ("日常", "年度例行", f"例行第{row}次", "三楼谈话室", "陈守正", "蒋薇", "罗某", words(chance, 60))
        then = ("接受提醒", f"一周内报送{row}", "是", typed, "无", "", 1, f"第{row}行")
        rows.append([typed, *who, *what, *then])
    return rows


def ledger(folder: Path, count: int) -> Path:
    """Write an invented ledger of twenty columns; one that is there already is used again."""
    path = folder / f"ledger-{count}.xlsx"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        sheet = book.add_worksheet("谈话")
        sheet.write_row(0, 0, HEADERS)
        for number, row in enumerate(ledger_rows(count), start=1):
            sheet.write_row(number, 0, row)
        book.close()
    return path


def fill(office: Office, count: int, length: int = 60) -> None:
    """Store talks in one act; each tells of its own matter in so many characters."""
    chance = random.Random(2)
    people = names(chance, max(count // 30, 10))
    with office.vault.act("import", f"测速 {count} 条") as act:
        for number in range(count):
            day = FIRST_DAY + timedelta(days=number % 7300)
            values: dict[str, Value] = {
                "no": f"谈〔{day.year}〕{number}",
                "year": day.year,
                "stat_month": f"{day:%Y-%m}",
                "subject": Ref(people[number % len(people)]),
                "planned_date": day,
                "subject_unit": f"某示例单位{number % 40}处",
                "kind": "routine",
                "place": "三楼谈话室",
                "talker": Ref("陈守正"),
                "record": words(chance, length),
                "state": ("held" if number % 3 else "archived") if number < count - 200 else "planned",
            }
            act.create("integrity_talk", values)
