"""Column types: how values that are not plain text or numbers stand in the database.

Storage writes in bulk with the same ``to_db`` and ``from_db`` functions, so both ways agree.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from paizhu.base import stored
from paizhu.base.field import FieldKind


class _Kept(TypeDecorator[Any]):
    """A column whose values pass through ``stored``."""

    impl: type[Text] | type[Integer] = Text
    cache_ok = True

    def __init__(self, kind: FieldKind) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Return what the database keeps."""
        return stored.to_db(self.kind, value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return the value as the program uses it."""
        return stored.from_db(self.kind, value)


class Kept(_Kept):
    """Text column for a kind whose value is more than a string: dates, references, several words."""

    cache_ok = True


class KeptNumber(_Kept):
    """Whole-number column: money in 分, yes and no as 1 and 0."""

    impl = Integer
    cache_ok = True


__all__ = ["Decimal", "Kept", "KeptNumber", "date", "datetime"]
