"""What may stand on paper at all (``domain.md`` 8.1, 8.5), whoever asks: P4 never, P3 only with a purpose."""

from collections.abc import Callable, Iterable

from paizhu.base import values
from paizhu.base.errors import NotAllowedError
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.rows import Row, Sealed, Value
from paizhu.documents.pdf.blocks import Stamp

Masked = Callable[[Field, Row], str | None]
_WITHHELD = (FieldKind.SEALED, FieldKind.FILES)


def printable(field: Field) -> bool:
    """Tell whether a field may be printed by anybody: never who reported, nor the attachments."""
    return field.sens is not Sens.P4 and field.kind not in _WITHHELD


def checked(fields: Iterable[Field], stamp: Stamp) -> tuple[Field, ...]:
    """Return the fields asked for; refused when one tells who reported, or is confidential and no purpose is given."""
    given = tuple(fields)
    for field in given:
        if field.sens is Sens.P4 or field.kind is FieldKind.SEALED:
            raise NotAllowedError(
                f"“{field.label}”涉及反映人身份，任何情况下都不打印", "没有打印", "请去掉这一栏再打印"
            )
    if any(field.sens >= Sens.P3 for field in given):
        need_purpose(stamp)
    return given


def need_purpose(stamp: Stamp) -> None:
    """Refuse a paper of class P3 without a purpose, which goes into the journal."""
    if not stamp.purpose.strip():
        raise NotAllowedError("这份材料涉及信访、线索或案件，打印前要写明用途", "没有打印", "请填写打印用途")


def words(field: Field, row: Row, masked: Masked | None = None) -> str:
    """Return what is printed for a field of a record; a sealed value is refused wherever it stands."""
    value = row.values.get(field.name)
    refuse_sealed(field, value)
    if masked is not None and (instead := masked(field, row)) is not None:
        return instead
    return values.show(field, value)


def refuse_sealed(field: Field, value: Value) -> None:
    """Refuse a value about an informant that a caller passes by mistake."""
    if isinstance(value, Sealed) or field.sens is Sens.P4:
        raise NotAllowedError(f"“{field.label}”涉及反映人身份，任何情况下都不打印", "没有打印", "请去掉这一栏再打印")
