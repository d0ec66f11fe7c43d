"""Tables that are not registers: journal, numbers, references, drafts, settings, rule data."""

from sqlalchemy import Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from paizhu.registers.record import Base


class JournalEntry(Base):
    """One act: what the officer did, when, and the link of the hash chain."""

    __tablename__ = "journal_entry"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(Text)
    about: Mapped[str | None] = mapped_column(Text)
    undoes: Mapped[int | None] = mapped_column(Integer)
    undone_by: Mapped[int | None] = mapped_column(Integer)
    changes: Mapped[int] = mapped_column(Integer, default=0)
    previous: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)


class JournalChange(Base):
    """What an act did to one record: each field before and after, as stored."""

    __tablename__ = "journal_change"
    __table_args__ = (
        Index("ix_journal_change_entry_id", "entry_id"),
        Index("ix_journal_change_record", "kind", "record_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    entry_id: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(Text)
    record_id: Mapped[int] = mapped_column(Integer)
    action: Mapped[str] = mapped_column(Text)
    delta: Mapped[str] = mapped_column(Text)


class NumberCounter(Base):
    """Last running number issued per register and year; it never goes back."""

    __tablename__ = "number_counter"

    register: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


class Reference(Base):
    """Which record points to which; derived, kept for dossiers, links and renamed persons."""

    __tablename__ = "reference"
    __table_args__ = (Index("ix_reference_target", "target", "target_id"),)

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    record_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    target: Mapped[str] = mapped_column(Text, primary_key=True)
    target_id: Mapped[int] = mapped_column(Integer, primary_key=True)


class Attachment(Base):
    """A file that hangs at a record; its contents lie encrypted beside the database."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_record", "register", "record_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    voided: Mapped[int] = mapped_column(Integer, default=0)
    register: Mapped[str] = mapped_column(Text)
    record_id: Mapped[int] = mapped_column(Integer)
    slot: Mapped[str] = mapped_column(Text, default="")
    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(Text)
    added_by: Mapped[str] = mapped_column(Text)
    added_at: Mapped[str] = mapped_column(Text)


class Draft(Base):
    """What stands typed in a form and is not saved yet; survives lock, crash and kill."""

    __tablename__ = "draft"

    register: Mapped[str] = mapped_column(Text, primary_key=True)
    record_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)


class Kept(Base):
    """Small things kept by name: settings of the vault, saved views, remembered mappings, rule overrides."""

    __tablename__ = "kept"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
