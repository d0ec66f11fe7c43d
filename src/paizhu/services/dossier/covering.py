"""Whom a dossier names beside its person: relatives stand there as 王**, and in full only when asked for, on record.

Family is among what leaves no vault unless it is ticked (``domain.md`` 8.5: removed or masked), so that the paper and
the page say alike who is meant without saying the name.
"""

from dataclasses import dataclass

from paizhu.base import values
from paizhu.base.errors import NotFoundError
from paizhu.base.register import Register
from paizhu.base.rows import Row, ids_in
from paizhu.services.as_of import AsOf
from paizhu.storage.tables import TABLES

NAMES = {"relation": "relative", "business_link": "person", "arc_family": "name"}
"""By kind of rows, the field that names somebody of the family or close to the person."""
_PERSON, _NAME = "person", "name"
_MARK = "**"
_BETWEEN = ":"


@dataclass(frozen=True, slots=True)
class Covered:
    """A name that is covered within a line: the key it is asked for by, what it is called, and what stands for it."""

    key: str
    label: str
    mask: str


def is_key(name: str) -> bool:
    """Tell whether this is the key of a covered name, and no field of the person."""
    return _BETWEEN in name


def covered_in(kind: str, child: Register, row: Row, own: str = "") -> Covered | None:
    """Return whom a row names, covered; None where it names nobody, or the person of the dossier (``own``) alone."""
    name = NAMES.get(child.key)
    words = values.show(child.field(name), row.values.get(name)).strip() if name else ""
    if not name or not words or words == own:
        return None
    return Covered(_BETWEEN.join((kind, str(row.id), name)), f"{child.label}的姓名", words[0] + _MARK)


def covered_owner(row: Row) -> Covered:
    """Return another person of the roster, covered, whose relations name the person of the dossier."""
    words = str(row.values.get(_NAME) or "")
    return Covered(_BETWEEN.join((_PERSON, str(row.id), _NAME)), "关系人所在人员的姓名", words[:1] + _MARK)


def uncovered(now: AsOf, person_id: int, key: str) -> tuple[str, str]:
    """Return what a covered name is called, and the name; NotFoundError where it is none of this person's dossier."""
    kind, number, name = key.split(_BETWEEN)
    row = now.row(kind, int(number))
    found = TABLES[kind]
    if row is not None and found.parent is None and _names(now, row.id, person_id):
        return covered_owner(row).label, str(row.values.get(_NAME) or "")
    above = now.row(found.parent.key, int(str(row.values["parent_id"]))) if row is not None and found.parent else None
    if row is None or above is None or not _is_of(above, person_id) or NAMES.get(found.register.key) != name:
        raise NotFoundError("这一行已经不在档案里", "没有显示姓名", "按 F5 刷新档案后再看")
    return f"{found.register.label}的姓名", values.show(found.register.field(name), row.values.get(name))


def _is_of(above: Row, person_id: int) -> bool:
    """Tell whether a record is the person himself, or the archive that is kept of him."""
    return (above.register, above.id) == (_PERSON, person_id) or person_id in ids_in(
        above.values.get("person_id"), _PERSON
    )


def _names(now: AsOf, owner: int, person_id: int) -> bool:
    return any(
        person_id in ids_in(row.values.get(NAMES[child]), _PERSON)
        for child in ("relation", "business_link")
        for row in now.rows(f"{_PERSON}.{child}", owner)
    )
