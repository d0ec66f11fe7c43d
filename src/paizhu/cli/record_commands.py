"""Commands about records: list, show, save, take a step."""

import json
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paizhu.base.errors import (
    InvalidRecordError,
    NotAllowedError,
    NotFoundError,
    PaizhuError,
    SettledError,
    StaleRecordError,
)
from paizhu.base.errors import StepRefusedError as Refused
from paizhu.base.field import Field
from paizhu.base.register import Register
from paizhu.base.values import choice_words
from paizhu.cli import output, piped
from paizhu.cli.opening import opened
from paizhu.cli.parsing import Commands, as_json, command, vault


class UnreadableFileError(PaizhuError):
    """The file that says what to save cannot be read, or is no JSON object."""


_CODES: tuple[tuple[type[PaizhuError], str], ...] = (
    (SettledError, "settled"),
    (UnreadableFileError, "invalid_file"),
    (StaleRecordError, "stale"),
    (NotFoundError, "not_found"),
    (NotAllowedError, "not_allowed"),
    (Refused, "step_refused"),
)
_COLUMNS = 6


def add(every: Commands) -> None:
    """Add ``list``, ``show``, ``save`` and ``advance``."""
    for one in (_add_list, _add_show, _add_save, _add_advance):
        one(every)


def _add_list(every: Commands) -> None:
    parser = command(
        every,
        "list",
        _list,
        does="列出一本台账的记录",
        example="paizhu list 某某组.paizhu integrity_talk --where kind=提醒谈话 --since 2026-01-01 --json",
    )
    vault(parser)
    _register(parser)
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="code=value",
        help="某一项等于某值，可多次使用；值留空查没有填的",
    )
    parser.add_argument("--state", default="", metavar="STATE", help="只列这个阶段的（代码或文字）")
    parser.add_argument("--since", default="", metavar="D", help="主日期不早于")
    parser.add_argument("--until", default="", metavar="D", help="主日期不晚于")
    as_json(parser)


def _add_show(every: Commands) -> None:
    parser = command(
        every,
        "show",
        _show,
        does="显示一条记录的全部内容、下属各行、修改记录和关联",
        example="paizhu show 某某组.paizhu integrity_talk 12 --json",
    )
    vault(parser)
    _register(parser)
    _id(parser)
    as_json(parser)


def _add_save(every: Commands) -> None:
    parser = command(
        every,
        "save",
        _save,
        does="按 JSON 新增或修改一条记录，检查和窗口里一样；结果按 show 的样子给出",
        example='echo \'{"subject": "孙立新", "planned_date": "2026-03-20"}\' > t.json\n'
        "  paizhu save 某某组.paizhu integrity_talk --json-file t.json",
    )
    vault(parser)
    _register(parser)
    parser.add_argument("--json-file", required=True, metavar="F", type=Path, help="JSON 文件；- 表示标准输入")
    parser.add_argument(
        "--reason", default="", metavar="原因", help="更正已归档的记录须写明原因，记入留痕；只补录空着的不用写"
    )
    as_json(parser)


def _add_advance(every: Commands) -> None:
    parser = command(
        every,
        "advance",
        _advance,
        does="把一条记录办到下一个阶段，可同时填写这一步要的内容",
        example="paizhu advance 某某组.paizhu integrity_talk 12 held --json-file step.json",
    )
    vault(parser)
    _register(parser)
    _id(parser)
    parser.add_argument("state", metavar="STATE", help="要办到的阶段（代码或文字）")
    parser.add_argument("--json-file", metavar="F", type=Path, help="这一步要填的内容；- 表示标准输入")
    as_json(parser)


def _register(parser: Any) -> None:
    parser.add_argument("register", metavar="REGISTER", help="台账代码，如 integrity_talk、review_item、duty_item")


def _id(parser: Any) -> None:
    parser.add_argument("id", metavar="ID", type=int, help="记录的 id")


def _list(given: Namespace) -> int:
    from paizhu.services.plain import Asked, Plain, in_words
    from paizhu.services.register_keys import register_of

    register = register_of(given.register)
    asked = Asked([_pair(each) for each in given.where], given.state, given.since, given.until)
    with opened(given) as office:
        plain = Plain(office.desk)
        view = plain.view(register, asked)
        if given.json:
            output.documents(plain.records(view))
            return 0
        fields = [register.field(name) for name in register.columns[:_COLUMNS]]
        headers = ["id", *(there.label for there in fields)]
        rows = ([str(row.id), *(in_words(f, row.values.get(f.name)) for f in fields)] for row in plain.rows(view))
        output.say(f"共 {output.table(headers, rows)} 条")
    return 0


def _show(given: Namespace) -> int:
    from paizhu.services.plain import Plain
    from paizhu.services.register_keys import register_of

    register = register_of(given.register)
    with opened(given) as office:
        shown = Plain(office.desk).shown(register, given.id)
    if given.json:
        output.document(shown)
    else:
        _in_words(register, shown)
    return 0


def _save(given: Namespace) -> int:
    from paizhu.services.plain import Plain
    from paizhu.services.register_keys import register_of

    def work() -> dict[str, Any]:
        register = register_of(given.register)
        data = _read(given.json_file)
        with opened(given, writing=True) as office:
            plain = Plain(office.desk)
            told = plain.given(register, data)
            change = office.records.save(register, told.typed, told.id, told.version, told.rows, reason=given.reason)
            return plain.shown(register, change.records[0][1])

    return _answered(work)


def _advance(given: Namespace) -> int:
    from paizhu.services.plain import Plain
    from paizhu.services.register_keys import register_of

    def work() -> dict[str, Any]:
        register = register_of(given.register)
        data = _read(given.json_file) if given.json_file else {}
        with opened(given, writing=True) as office:
            plain = Plain(office.desk)
            told = plain.given(register, {name: raw for name, raw in data.items() if name != "state"}, given.id)
            office.records.advance(
                register, given.id, _state(register, given.state), told.typed, told.version, told.rows
            )
            return plain.shown(register, given.id)

    return _answered(work)


def _answered(work: Callable[[], dict[str, Any]]) -> int:
    """Write the record as ``show`` does, or the problems that stand against it."""
    try:
        shown = work()
    except (
        InvalidRecordError,
        UnreadableFileError,
        Refused,
        StaleRecordError,
        NotFoundError,
        NotAllowedError,
    ) as error:
        output.document({"problems": _problems(error)})
        output.tell(f"{error}用 --reason 写原因。" if isinstance(error, SettledError) else str(error))
        return 1
    output.document(shown)
    return 0


def _problems(error: PaizhuError) -> list[dict[str, str]]:
    found = [
        {"field": problem.field, "code": problem.code, "message": problem.message}
        for problem in getattr(error, "problems", ())
    ]
    if found:
        return found
    code = next((code for kind, code in _CODES if isinstance(error, kind)), "refused")
    return [{"field": "", "code": code, "message": str(error)}]


def _state(register: Register, typed: str) -> str:
    if register.flow is None:
        return typed
    return next((state.code for state in register.flow.states if typed in (state.code, state.label)), typed)


def _pair(words: str) -> tuple[str, str]:
    name, sign, value = words.partition("=")
    if not sign or not name.strip():
        raise NotAllowedError(f"--where 要写成 code=value，现在是“{words}”")
    return name.strip(), value.strip()


def _read(path: Path) -> dict[str, Any]:
    name = "标准输入" if str(path) == "-" else f"“{path.name}”"
    try:
        text = piped.text() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
        data = json.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"读不到{name}", "没有改动", "核对位置和编码（UTF-8）") from error
    except json.JSONDecodeError as error:
        raise UnreadableFileError(f"{name}第 {error.lineno} 行不是正确的 JSON", "没有改动") from error
    if not isinstance(data, dict):
        raise UnreadableFileError(f"{name}里应是一个 JSON 对象", "没有改动")
    return data


def _in_words(register: Register, shown: dict[str, Any]) -> None:
    words = shown["words"]
    output.say(f"{register.label} {shown['record'].get('no') or shown['record']['id']}")
    for section in register.sections:
        filled = [name for name in section.names if name in words]
        if filled:
            output.say(f"\n【{section.label}】")
        for name in filled:
            output.say(f"  {register.label_of(name)}：{words[name]}")
    for key, rows in shown["rows"].items():
        if rows:
            output.say(f"\n【{register.child(key).label}】{len(rows)} 行")
            _child_rows(register.child(key), rows)
    for title, lines in (
        ("没有对应的列", [f"{header}：{text}" for header, text in shown["extra"].items()]),
        ("关联", [f"{each['words']}：{each['no'] or each['title']} {each['title']}" for each in shown["links"]]),
        ("修改记录", [_change(each) for each in shown["history"]]),
    ):
        if lines:
            output.say(f"\n【{title}】")
        for line in lines:
            output.say(f"  {line}")


def _child_rows(child: Register, rows: list[dict[str, Any]]) -> None:
    labels = [child.label_of(name) for name in child.columns]
    fields = [child.field(name) for name in child.columns]
    output.table(
        ["行", *labels], ([str(row["id"]), *(_cell(there, row[there.name]) for there in fields)] for row in rows)
    )


def _cell(there: Field, value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("label") or "")
    if isinstance(value, list):
        return "、".join(_cell(there, each) for each in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else choice_words(there, str(value))


def _change(each: dict[str, Any]) -> str:
    when = each["at"][:16].replace("T", " ")
    values = f"{each['before'] or '空'} → {each['after'] or '空'}"
    return f"{when} {each['actor']} {each['label']} {each['words']}：{values}"
