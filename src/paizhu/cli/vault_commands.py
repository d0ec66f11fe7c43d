"""Commands about the vault itself: make, check, back up, restore, change the password."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from paizhu.cli import output, passwords, piped
from paizhu.cli.opening import existing, opened, sitting
from paizhu.cli.parsing import Commands, as_json, command, commands, vault
from paizhu.cli.status import Status

if TYPE_CHECKING:
    from paizhu.services.safety.comparing import Comparison

_BACKUP = "核对备份所在的位置；盘可能没有插上"
_FAMILY = "建立、检查、备份、恢复，更换口令"
_WEAK = "口令容易被猜到：{advice}。可以用 paizhu vault password 再换一个。"


def add(every: Commands) -> None:
    """Add ``vault`` with its commands."""
    family = every.add_parser("vault", help=_FAMILY, description=_FAMILY, add_help=False)
    family.add_argument("-h", "--help", action="help", help="显示本说明")
    own = commands(family, "命令")
    for one in (_add_create, _add_check, _add_backup, _add_restore, _add_password):
        one(own)


def _add_create(every: Commands) -> None:
    parser = command(
        every,
        "create",
        _create,
        does="新建一个加密的工作台，并显示一次恢复密钥（请立即抄下，程序不保存）",
        example="paizhu vault create 某某组.paizhu --unit 某市示例局 --group 驻某市示例局纪检监察组",
    )
    vault(parser)
    parser.add_argument("--unit", required=True, metavar="名称", help="驻在单位名称")
    parser.add_argument("--group", default="", metavar="名称", help="派驻机构名称")
    parser.add_argument("--officer", default="", metavar="姓名", help="使用人姓名，写进修改记录")
    as_json(parser)


def _add_check(every: Commands) -> None:
    parser = command(
        every,
        "check",
        _check,
        does="检查加密和数据库是否完整、留痕链是否相扣、附件和搜索索引是否对得上",
        example="paizhu vault check 某某组.paizhu",
    )
    vault(parser)
    parser.add_argument("--code", default="", metavar="校验码", help="纸面页脚的校验码，核验打印以后有没有改动")
    parser.add_argument(
        "--against", metavar="BACKUP", type=Path, help="再与这份备份逐条比对记录、附件、设置和规则，列出没有留痕的改动"
    )
    as_json(parser)


def _add_backup(every: Commands) -> None:
    parser = command(
        every,
        "backup",
        _backup,
        does="做一份备份，并打开核验后才算数",
        example="paizhu vault backup 某某组.paizhu /media/备份盘",
    )
    vault(parser)
    parser.add_argument("dest", metavar="DEST", type=Path, help="放备份的文件夹")
    as_json(parser)


def _add_restore(every: Commands) -> None:
    parser = command(
        every,
        "restore",
        _restore,
        does="从备份恢复，用口令或恢复密钥；VAULT 已经有数据的，先把现在的数据另存一份备份",
        example="paizhu vault restore /media/备份盘 某某组.paizhu",
    )
    parser.add_argument("backup", metavar="BACKUP", type=Path, help="一份备份，或放备份的文件夹（取最新的一份）")
    vault(parser)
    as_json(parser)


def _add_password(every: Commands) -> None:
    parser = command(
        every,
        "password",
        _password,
        does="更换口令；忘记口令的，用恢复密钥另设一个",
        example="paizhu vault password 某某组.paizhu --recovery",
    )
    vault(parser)
    parser.add_argument(
        "--recovery",
        action="store_true",
        help="用恢复密钥另设口令：先输恢复密钥，再输新口令",
    )
    parser.add_argument(
        "--new-password-file",
        metavar="FILE",
        type=Path,
        help=f"新口令所在的文件；也可用环境变量 {passwords.NEW_VARIABLE}，都没有时当场询问",
    )


def _create(given: Namespace) -> int:
    names = {"unit": given.unit, "group": given.group, "officer": given.officer}
    chosen = passwords.kept(given) or passwords.ask_twice("设置口令：")
    _advise(chosen, tuple(names.values()))
    with sitting(given.vault) as session:
        _office, code = session.create(given.vault, {name: words for name, words in names.items() if words}, chosen)
    if given.json:
        output.document({"vault": str(given.vault), "recovery_code": code})
    else:
        output.say(f"已建好“{given.vault.name}”。")
        output.say(f"恢复密钥：{code}")
        output.say("请抄下或打印，装进信封另处保管。忘记口令时只有它能打开，程序不保存，以后也不再显示。")
    return 0


def _check(given: Namespace) -> int:
    from paizhu.services.safety import returning
    from paizhu.services.safety.checking import check_vault
    from paizhu.storage.attempts import Attempts

    folder = existing(given.vault)
    against = returning.find(existing(given.against, _BACKUP))[0] if given.against else None
    password = passwords.password(given)
    report = check_vault(
        folder,
        lambda header: Attempts(header.vault_id, folder).run(lambda: header.unlock(password)),
        given.code,
        against,
    )
    if given.json:
        output.document(report.as_json())
    else:
        for check in report.checks:
            output.say(f"{'通过' if check.ok else '不对'}  {check.label}：{check.detail}")
        if report.entries:
            output.say(f"留痕 {report.entries} 条，末条校验值 {report.head}")
        if report.code:
            output.say(f"核验  {report.code.words}")
            for each in report.code.since:
                output.say(f"      {each.words}")
        if report.compared:
            _tell_compared(report.compared)
    if report.ok:
        return Status.DONE
    if [check.name for check in report.checks if not check.ok] == ["schema"]:
        output.tell("数据没有损坏，只是由别的版本的程序做的，本程序打不开。数据没有改动，请用新版本程序检查。")
    else:
        output.tell("有检查没有通过。数据没有改动，请先不要再写入，从备份恢复，或保留本文件夹请人查看。")
    return Status.DAMAGED


def _tell_compared(compared: "Comparison") -> None:
    from paizhu.services.safety.comparing import COVERED, SETTINGS, label_of

    output.say(f"比对的是：{COVERED}")
    output.say(f"比对  与 {compared.backup.made:%Y-%m-%d %H:%M} 的备份：{compared.words}")
    rows = (
        [
            label_of(each.register),
            each.title if each.register == SETTINGS else each.no or str(each.record_id),
            each.part,
            each.what.words,
            "；".join(one.words for one in each.fields),
        ]
        for each in compared.unexplained
    )
    if compared.unexplained:
        output.table(["台账", "编号", "下属", "情况", "备份里 → 现在"], rows)


def _backup(given: Namespace) -> int:
    from paizhu.storage import atomic, backup

    with opened(given) as office:
        if not given.dest.exists() and given.dest.parent.is_dir():
            # Named on purpose, unlike a stick that is not plugged in.
            try:
                given.dest.mkdir()
            except OSError as error:
                raise atomic.refusal(error, f"没有建成备份文件夹“{given.dest.name}”", "数据都在本机，没有动") from error
        made = backup.make(office.vault.folder, office.vault.data_key, given.dest)
        counts = office.backups.counts(made)
    if given.json:
        output.document({"backup": str(made.folder), "proven": made.proven.isoformat() if made.proven else None})
    else:
        words = "、".join(f"{label} {count}" for label, count in counts.items()) or "还没有记录"
        output.say(f"已备份并核验：{made.folder}（{words}）")
        if made.lacking:
            output.tell(made.lacking_words)
    return 0


def _restore(given: Namespace) -> int:
    from paizhu.services.safety import recovery_code, returning

    found = returning.find(existing(given.backup, _BACKUP))
    source = next((each for each in found if not each.failed), found[0])
    words = passwords.password(given, "口令或恢复密钥：")
    restored = returning.restore_into(
        source, given.vault, lambda header: recovery_code.key_from(header, words, source.folder)
    )
    if restored.lacking:
        output.tell(f"有 {restored.lacking} 个附件在备份里也没有，其他都已恢复。")
    if given.json:
        kept = str(restored.kept) if restored.kept else None
        output.document({"vault": str(given.vault), "made": source.made.isoformat(), "kept": kept})
    else:
        output.say(f"已恢复到 {source.made:%Y-%m-%d %H:%M} 的备份：{given.vault}")
        if restored.kept:
            output.say(f"恢复前的数据另存在 {restored.kept}")
    return 0


def _password(given: Namespace) -> int:
    with sitting(existing(given.vault)) as session:
        if given.recovery:
            code = passwords.ask("恢复密钥：")
            chosen = _new_after_code(given)
            session.recover(code, chosen)
            told = "".join(session.notices)
        else:
            old = passwords.password(given, "现在的口令：")
            session.unlock(old)
            chosen = passwords.new_password(given)
            told = f"口令已更换。{session.change_password(old, chosen).words}恢复密钥不变。"
    _advise(chosen, ())
    output.say(told)
    return 0


def _new_after_code(given: Namespace) -> str:
    """Return the new password beside a recovery code: its own file, the next line of a pipe, or the usual places."""
    if given.new_password_file or piped.variable(passwords.NEW_VARIABLE):
        return passwords.new_password(given)
    if not piped.is_piped():
        return passwords.kept(given) or passwords.ask_twice("新口令：")
    return piped.line() or passwords.kept(given) or passwords.ask("新口令：")


def _advise(chosen: str, names: tuple[str, ...]) -> None:
    """Warn of a weak password; a script may have its reasons, the window insists."""
    from paizhu.services.safety.passwords import RULES, judge

    judged = judge(chosen, chosen, names)
    if not judged.good:
        lacking = "、".join(rule for rule, met in zip(RULES, judged.met, strict=True) if not met)
        output.tell(_WEAK.format(advice=lacking))
