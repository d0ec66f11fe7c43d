"""A year of a dossier kept as it was known: once, encrypted at the person, opened with a purpose and on record."""

import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import NotAllowedError
from paizhu.services.dossier.snapshots import DossierSnapshots
from paizhu.services.office import Office
from paizhu.services.records import Records

PERSON, TALK = (registers.register(key) for key in ("person", "integrity_talk"))


@pytest.fixture
def person(office: Office, monkeypatch: pytest.MonkeyPatch) -> int:
    """A person entered in 2025 with a talk of that year, and another talk entered in 2026."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 5, 6, 9, 0))
    person = office.records.save(PERSON, {"name": "孙立新"}).records[0][1]
    ref = {"label": "孙立新", "register": "person", "id": person}
    office.records.save(TALK, {"subject": ref, "planned_date": "2025-05-06", "kind": "提醒谈话"})
    monkeypatch.setattr(clock, "now", lambda: now)
    office.records.save(TALK, {"subject": ref, "planned_date": "2026-03-10", "kind": "任前廉政谈话"})
    return person


def text_of(office: Office, person: int, folder: Path) -> str:
    (file,) = Records(office.desk).attachments(PERSON, person)
    path = folder / "快照.pdf"
    path.write_bytes(office.vault.attachments.read_bytes(file["digest"]))
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(read.stdout.decode().split())


def test_a_year_is_kept_as_known_on_its_last_day(office: Office, person: int, tmp_path: Path) -> None:
    snapshots = DossierSnapshots(office.desk)
    assert snapshots.years(person) == [2025, 2026]
    snapshots.keep(person, 2025, "年度更新")
    words = text_of(office, person, tmp_path)
    assert "提醒谈话" in words
    assert "任前廉政谈话" not in words
    assert [each.year for each in snapshots.of(person)] == [2025]
    assert snapshots.years(person) == [2026]
    kinds = [entry.kind for entry in office.history.entries()[:2]]
    assert kinds == ["attach", "open"]


def test_a_year_is_kept_once_and_none_before_it_begins(office: Office, person: int) -> None:
    snapshots = DossierSnapshots(office.desk)
    snapshots.keep(person, 2025, "年度更新")
    with pytest.raises(NotAllowedError, match="已经保存过"):
        snapshots.keep(person, 2025, "年度更新")
    with pytest.raises(NotAllowedError, match="还没有开始"):
        snapshots.keep(person, 2027, "年度更新")
    with pytest.raises(NotAllowedError, match="事由"):
        snapshots.keep(person, 2026, " ")


def test_keeping_is_undone_like_any_act(office: Office, person: int) -> None:
    snapshots = DossierSnapshots(office.desk)
    change = snapshots.keep(person, 2025, "年度更新")
    office.history.undo(change.entry)
    assert snapshots.of(person) == []
