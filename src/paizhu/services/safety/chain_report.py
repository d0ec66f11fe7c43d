"""The report about a chain that does not fit, and about a comparison with a backup: it leaves the vault.

So it holds numbers, times and which fields differ; values only where their class lets them out (``domain.md`` 8.5),
matters of class P3 as totals, names of persons never.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from paizhu import registers
from paizhu.base import clock
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.services.office import Office
from paizhu.services.out import classes
from paizhu.services.safety.comparing import (
    COVERED,
    HIDDEN,
    JOURNAL,
    SETTINGS,
    Comparison,
    Difference,
    FieldDifference,
    label_of,
)
from paizhu.storage import atomic


def write_report(path: Path, office: Office, wrong: Sequence[int], compared: Comparison | None = None) -> None:
    """Write it as plain text; refused in words when the disk does not take it."""
    count, head = office.vault.last_entry()
    lines = [
        "留痕链校验报告",
        f"校验时间：{clock.now():%Y-%m-%d %H:%M}",
        f"共 {count} 条，校验不符 {len(wrong)} 条，链尾 {head[:16]}",
        "",
        *(f"第 {entry} 条　{office.history.entry(entry).at.replace('T', ' ')}" for entry in wrong),
        *(_compared(compared) if compared else ()),
    ]
    try:
        atomic.write(path, "\n".join(lines).encode())
    except OSError as error:
        raise atomic.refusal(error, "没有写成校验报告") from error


def _compared(compared: Comparison) -> Iterator[str]:
    yield ""
    yield f"与 {compared.backup.made:%Y-%m-%d %H:%M} 的备份比对"
    yield f"比对的是：{COVERED}"
    yield compared.words
    if compared.broken_there:
        yield f"这份备份自己的留痕链也有 {len(compared.broken_there)} 条不符"
    for key, count in compared.counts.items():
        yield ""
        yield f"【{label_of(key)}】{count} 处没有留痕"
        if key not in (JOURNAL, SETTINGS) and classes.totals_only(registers.register(key)):
            yield "　　涉密事项，只列合计；逐条情况在窗口里看"
            continue
        for each in compared.unexplained:
            if each.register == key:
                yield _line(each)


def _line(each: Difference) -> str:
    named = each.title if each.register == SETTINGS else each.no or f"{each.record_id} 号"
    part = f"（{each.part}）" if each.part else ""
    said = "；".join(_said(each, one) for one in each.fields)
    return f"　　{named}{part}　{each.what.words}" + (f"：{said}" if said else "")


def _said(each: Difference, one: FieldDifference) -> str:
    if each.register == SETTINGS:
        return one.words if each.leaves else f"{one.label}：{HIDDEN}"
    if each.register == JOURNAL or _leaves(registers.register(each.register), each.part, one):
        return one.words
    return f"{one.label}：{HIDDEN}"


def _leaves(register: Register, part: str, one: FieldDifference) -> bool:
    kind = next((child for child in register.rows if child.label == part), register)
    if not kind.has(one.name):
        return one.name in ("voided", "void_at", "added_at", "size")
    field = kind.field(one.name)
    return field.sens < Sens.P2 and not field.private
