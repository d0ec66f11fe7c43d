"""Commands about workbooks: plan and apply an import, take it back, export."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paizhu.base.errors import NotAllowedError
from paizhu.cli import output, passwords, piped
from paizhu.cli.opening import opened
from paizhu.cli.parsing import Commands, as_json, command, vault
from paizhu.cli.status import Status

if TYPE_CHECKING:
    from paizhu.services.importing.ledgers import Applied, Plan
    from paizhu.services.importing.plan import SheetPlan
    from paizhu.services.office import Office
    from paizhu.services.out.classes import Release

_WORDS = {"new": "新增", "changed": "修改", "same": "相同", "doubtful": "疑似重复", "refused": "须先改正"}
_SHOWN = 20
_WORKBOOK_VARIABLE = "PAIZHU_WORKBOOK_PASSWORD"


def add(every: Commands) -> None:
    """Add ``import``, ``import-undo`` and ``export``."""
    for one in (_add_import, _add_import_undo, _add_export):
        one(every)


def _add_import(every: Commands) -> None:
    parser = command(
        every,
        "import",
        _import,
        does="读入台账工作簿：默认只给出计划、什么都不写；加 --apply 才导入（导入前自动备份）",
        example="paizhu import 某某组.paizhu 谈话台账.xlsx --apply",
    )
    vault(parser)
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="工作簿（xlsx、xls、ods、csv）")
    parser.add_argument("--register", metavar="R", help="这是哪一种台账（代码）；不写则按表头识别")
    parser.add_argument("--sheet", metavar="S", help="只读这一张工作表")
    parser.add_argument("--apply", action="store_true", help="按计划导入")
    parser.add_argument("--all-or-nothing", action="store_true", help="只要有一行没有通过，就一行也不导入")
    parser.add_argument("--keep-filled", action="store_true", help="表里空着的格不清空台账里已有的内容")
    parser.add_argument(
        "--reason", default="", metavar="原因", help="有行要更正已归档的记录时写明原因，记入留痕；只补录空着的不用写"
    )
    parser.add_argument("--workbook-password-file", metavar="FILE", type=Path, help="工作簿本身的密码所在的文件")
    as_json(parser)


def _add_import_undo(every: Commands) -> None:
    parser = command(
        every,
        "import-undo",
        _undo,
        does="把一次导入整批撤回；之后又改过的记录保留并列出",
        example="paizhu import-undo 某某组.paizhu 42",
    )
    vault(parser)
    parser.add_argument("batch", metavar="BATCH", type=int, help="导入时给出的批号")
    as_json(parser)


def _add_export(every: Commands) -> None:
    parser = command(
        every,
        "export",
        _export,
        does="导出工作簿，每种台账一张表；身份证号、电话、住址遮盖，线索和案件只给合计，反映人从不导出",
        example="paizhu export 某某组.paizhu 上报.xlsx --register integrity_talk --since 2026-01-01 --until 2026-06-30",
    )
    vault(parser)
    parser.add_argument("out", metavar="OUT.xlsx", type=Path, help="要写的工作簿")
    parser.add_argument("--register", action="append", default=[], metavar="R", help="台账代码，可多次使用；不写为全部")
    parser.add_argument("--since", default="", metavar="D", help="主日期不早于")
    parser.add_argument("--until", default="", metavar="D", help="主日期不晚于")
    parser.add_argument(
        "--split",
        metavar="FIELD",
        default="",
        help="按人或单位分开，一份一个工作簿，写进 OUT 这个文件夹；填好后用 import 收回，不会重复",
    )
    parser.add_argument("--encrypt", action="store_true", help="给工作簿加密码")
    parser.add_argument(
        "--workbook-password-file",
        metavar="FILE",
        type=Path,
        help=f"加密用的密码所在的文件；也可用环境变量 {_WORKBOOK_VARIABLE}，都没有时当场询问",
    )
    parser.add_argument(
        "--with-confidential", metavar="理由", help="连同线索、案件逐条导出，写明理由；写入留痕，反映人仍不导出"
    )
    as_json(parser)


def _import(given: Namespace) -> int:
    secret = passwords.from_file(given.workbook_password_file) if given.workbook_password_file else None
    answers: list[dict[str, Any]] = []
    refused = False
    with opened(given, writing=given.apply) as office:
        # Every file is read before the first is applied, so that a bad second one leaves nothing half done.
        for plan in [_planned(office, given, path, secret) for path in given.files[1:]]:
            plan.drop()
        for path in given.files:
            plan = _planned(office, given, path, secret)
            try:
                refused = refused or bool(plan.counts()["refused"])
                answers.append(_one(office, given, plan))
            finally:
                plan.drop()
    if given.json:
        output.document(answers[0] if len(answers) == 1 else answers)
    return Status.SOME_REFUSED if refused else Status.DONE


def _planned(office: "Office", given: Namespace, path: Path, secret: str | None) -> "Plan":
    from paizhu.services.register_keys import register_of

    key = register_of(given.register).key if given.register else None
    plan = office.importing.plan(path, key, given.sheet, secret, keep_filled=given.keep_filled)
    if given.reason.strip():
        plan.correct(given.reason)
    return plan


def _one(office: "Office", given: Namespace, plan: "Plan") -> dict[str, Any]:
    """Show the plan of one file, and apply it when asked; nothing to store is not an import."""
    plain = plan.as_json() if given.json else {}
    if not given.json:
        _tell_plan(plan)
    counts = plan.counts()
    if held := plan.waiting():
        output.tell(f"《{plan.file}》有 {held} 行要改已归档的记录，须用 --reason 写明更正的原因才能导入。")
    if not given.apply:
        if not given.json:
            output.say("以上是计划，还没有写入。加 --apply 导入。")
        return plain
    waiting = counts["refused"] + counts["doubtful"]
    if given.all_or_nothing and waiting:
        if given.json:
            output.document(plain)
        raise NotAllowedError(
            f"《{plan.file}》有 {waiting} 行没有通过，按 --all-or-nothing 一行也没有导入",
            "数据没有改动",
            "改正后再导入",
        )
    if not counts["new"] and not counts["changed"]:
        if not given.json:
            output.say("没有要导入的行，数据没有改动。")
        return {**plain, "batch": None}
    _back_up(office)
    applied = office.importing.apply(plan, given.all_or_nothing)
    if given.json:
        return _with_ids(plain, applied)
    output.say(f"已导入：新增 {counts['new']} 条，修改 {counts['changed']} 条。批号 {applied.batch}，可整批撤回：")
    output.say(f"  paizhu import-undo {given.vault} {applied.batch}")
    return plain


def _back_up(office: "Office", what: str = "导入") -> None:
    from paizhu.storage.backup_place import Reason

    made = office.backups.before_mass_change(reason=Reason.IMPORT)
    output.tell(f"{what}前已备份：{made.words}")


def _with_ids(plain: dict[str, Any], applied: "Applied") -> dict[str, Any]:
    for sheet in plain["sheets"]:
        for row in sheet["rows"]:
            row["id"] = applied.ids.get((sheet["name"], row["row"]), row["id"])
    return {**plain, "batch": applied.batch}


def _tell_plan(plan: "Plan") -> None:
    for sheet in plan.sheets:
        counts = sheet.counts()
        words = "，".join(f"{_WORDS[name]} {count}" for name, count in counts.items() if count) or "没有数据行"
        output.say(f"《{plan.file}》{sheet.facts.sheet} → {sheet.label}：{words}")
        for note in sheet.notes:
            output.say(f"  {note}")
        unmatched = dict.fromkeys(column.header for column in sheet.columns if column.field is None and column.header)
        if unmatched:
            output.say(f"  没有对应的列，原样保留：{'、'.join(unmatched)}")
        _tell_problems(sheet)
    if plan.unknown:
        output.say(f"《{plan.file}》里没有认出台账的工作表：{'、'.join(plan.unknown)}")


def _tell_problems(sheet: "SheetPlan") -> None:
    shown = 0
    for row in sheet.rows(problems_only=True):
        for problem in row.problems:
            if shown < _SHOWN:
                place = f"第 {row.row} 行{f' {problem.column} 列' if problem.column else ''}"
                value = f"“{problem.value}”" if problem.value else ""
                output.say(f"  {place}{value}：{problem.message}")
            shown += 1
    if shown > _SHOWN:
        output.say(f"  ……另有 {shown - _SHOWN} 处，用 --json 看全部")


def _undo(given: Namespace) -> int:
    with opened(given, writing=True) as office:
        office.history.check_import(given.batch)
        _back_up(office, "撤回")
        undone = office.importing.undo(given.batch)
    kept = [
        {"register": each.kind.partition(".")[0], "id": each.record_id, "fields": [*each.fields, *each.rows]}
        for each in undone.kept
    ]
    count = len(undone.change.records)
    if given.json:
        named = [
            {"register": each.kind, "id": each.record_id, "by": {"register": each.by[0], "id": each.by[1]}}
            for each in undone.named
        ]
        answer = {"batch": given.batch, "entry": undone.change.entry, "undone": count, "kept": kept, "named": named}
        output.document(answer)
    elif undone.change.entry:
        output.say(f"已撤回第 {given.batch} 批导入，涉及 {count} 条记录。")
    else:
        output.say(f"第 {given.batch} 批导入的记录都留下，没有撤回。")
    if kept:
        output.tell(f"有 {len(kept)} 条记录在导入后又改过，保留未动。")
    if undone.named_words:
        output.tell(f"{undone.named_words}。")
    return 0


def _export(given: Namespace) -> int:
    from paizhu.services.out.classes import DEFAULT, Release
    from paizhu.services.plain import Plain
    from paizhu.services.register_keys import register_of

    keys = [register_of(key).key for key in given.register]
    if not given.split and given.out.suffix.lower() != ".xlsx":
        raise NotAllowedError(f"“{given.out.name}”不是 .xlsx", "没有写出文件", "把文件名写成以 .xlsx 结尾")
    if given.with_confidential is not None and not given.with_confidential.strip():
        raise NotAllowedError("逐条导出线索、案件须写明理由", "没有导出", "在 --with-confidential 后写明理由")
    release = Release(given.with_confidential.strip()) if given.with_confidential else DEFAULT
    if given.split:
        return _export_parts(given, keys, release)
    with opened(given) as office:
        plain = Plain(office.desk)
        since, until = (plain.day(each) if each else None for each in (given.since, given.until))
        wanted = office.exporting.within(keys, since, until)
        exported = office.exporting.export_views(given.out, wanted, release, _secret(given))
    if given.json:
        output.document({"file": str(exported.path), "sheets": dict(exported.counts), "totals": list(exported.totals)})
        return 0
    output.say(f"已导出到 {exported.path}")
    for name, count in exported.counts:
        output.say(f"  {name} {count} 行")
    if exported.totals:
        labels = "、".join(register_of(key).label for key in exported.totals)
        output.say(f"  {labels}只给了合计；确需逐条导出的，用 --with-confidential 写明理由")
    return 0


def _export_parts(given: Namespace, keys: list[str], release: "Release") -> int:
    """Write one register in parts, a workbook for each person or unit."""
    from paizhu.services.out.exporting import Wanted
    from paizhu.services.plain import Plain
    from paizhu.services.register_keys import register_of

    if len(keys) != 1:
        raise NotAllowedError("分开导出一次只能是一本台账", "没有导出", "用 --register 写明是哪一本")
    with opened(given) as office:
        plain = Plain(office.desk)
        since = plain.day(given.since) if given.since else None
        until = plain.day(given.until) if given.until else None
        view = office.exporting.period(register_of(keys[0]), since, until)
        wanted = Wanted(view)
        done = office.handing_out.write(given.out, wanted, given.split, release=release, password=_secret(given))
    if given.json:
        output.document({"folder": str(done.folder), "files": dict(done.files)})
        return 0
    output.say(f"已分开导出 {len(done.files)} 份到 {done.folder}")
    for name, count in done.files:
        output.say(f"  {name} {count} 条")
    return 0


def _secret(given: Namespace) -> str | None:
    """Return the password that the workbook is to have, or None when it is to have none."""
    if given.workbook_password_file:
        return passwords.from_file(given.workbook_password_file)
    if not given.encrypt:
        return None
    return piped.variable(_WORKBOOK_VARIABLE) or passwords.ask_twice("工作簿的密码：")
