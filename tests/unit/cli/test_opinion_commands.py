"""Opinions and findings on the command line: a letter searched and answered, flags of the books as a whole."""

from paizhu.cli.status import Status
from tests.unit.cli.commanded import Line, saved


def test_a_letter_is_entered_searched_answered_and_printed(line: Line) -> None:
    saved(line, "person", name="张三", post_now="办公室主任")
    lead = saved(line, "lead", subject="张三", received_at="2026-03-02", summary="示例")["record"]
    listed = line.folder / "名单.txt"
    listed.write_text("张三 办公室主任 拟任副处长\n李四 拟任科长\n", encoding="utf-8")
    made = line.json(
        "opinion", "VAULT", "--from", "人事处", "--received", "2026-03-13", "--people", str(listed), "--json"
    )
    assert made["state"] == "looked_up"
    zhang, li = made["persons"]
    assert [source["source"] for source in zhang["sources"]] == ["petition", "lead", "case", "measure", "opinion"]
    assert zhang["sources"][1]["records"] == [{"register": "lead", "id": lead["id"], "label": lead["no"]}]
    assert (zhang["reply"], li["reply"]) == (None, None)
    assert li["unsure"]
    answer = ("opinion-answer", "VAULT", str(made["id"]))
    assert line.run(*answer, "--person", "李四", "--reply", "暂未发现") == 0
    assert "未选定" in line.out
    told = line.json(*answer, "--person", "张三", "--reply", "建议暂缓", "--reason", "正在核查", "--json")
    assert [each["reply"] for each in told["persons"]] == ["hold", "clear"]
    assert line.run(*answer, "--person", "王五", "--reply", "不宜") == Status.REFUSED
    assert "王五" in line.err
    assert line.run(*answer, "--person", "张三", "--reply", "不宜", "--reason", "没有这种理由") == Status.REFUSED
    paper = line.folder / "复函.pdf"
    assert line.run("print", "VAULT", "opinion_letter", str(made["id"]), str(paper)) == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert line.run("print", "VAULT", "opinion_draft", str(made["id"]), str(paper)) == Status.REFUSED


def test_a_letter_saved_like_any_record_is_searched_too(line: Line) -> None:
    people = {"opinion_person": [{"person": "李四", "to_post": "科长"}]}
    made = saved(line, "integrity_opinion", from_unit="人事处", received_at="2026-03-13", rows=people)
    assert made["record"]["state"] == "looked_up"
    assert {row["source"] for row in made["rows"]["lookup"]} == {"petition", "lead", "case", "measure", "opinion"}


def test_a_list_that_cannot_be_opened_is_refused_in_words(line: Line) -> None:
    missing = str(line.folder / "没有.txt")
    words = ("opinion", "VAULT", "--from", "人事处", "--received", "2026-03-13", "--people", missing)
    assert line.run(*words) == Status.REFUSED
    assert "没有.txt" in line.err


def test_flags_of_the_books_as_a_whole_are_listed_without_an_id(line: Line) -> None:
    for number in (1, 2, 3):
        saved(
            line, "finding", problem=f"示例问题{number}", duty_unit="示例处", category="资金财务", found_at="2026-02-10"
        )
    found = line.json("flags", "VAULT", "--json")
    assert [(each["code"], len(each["evidence"])) for each in found] == [("RF-R1", 3)]
    assert line.run("flags", "VAULT") == 0
    assert "屡改屡犯" in line.out
