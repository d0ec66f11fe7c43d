"""The program works with every socket forbidden: nothing it does touches a network."""

import socket
from pathlib import Path
from typing import Any

import pytest

from paizhu import registers
from paizhu.services.office import Office
from paizhu.storage import backup, restore
from paizhu.storage.vault import Vault
from tests.conftest import PASSWORD


@pytest.fixture
def forbidden(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []

    def refuse(name: str) -> Any:
        def refused(*_given: object, **_named: object) -> None:
            asked.append(name)
            raise AssertionError(f"the network was asked: {name}")

        return refused

    for name in ("socket", "create_connection", "create_server", "getaddrinfo", "gethostbyname", "getfqdn"):
        monkeypatch.setattr(socket, name, refuse(name))
    return asked


def test_a_whole_day_needs_no_network(tmp_path: Path, forbidden: list[str]) -> None:
    folder = tmp_path / "示例.paizhu"
    vault, _code = Vault.create(folder, PASSWORD, {"officer": "陈守正"})
    office = Office(vault)
    talk = registers.register("integrity_talk")
    office.records.save(talk, {"subject": "单秀兰", "planned_date": "2026-03-05", "record": "整改督办"})
    assert office.search.find("sxl")
    assert office.today.due()
    book = office.exporting.export(tmp_path / "导出.xlsx", password="表格口令").path
    plan = office.importing.plan(book, password="表格口令")
    office.importing.apply(plan)
    plan.drop()
    assert office.history.verify() == []
    made = backup.make(folder, vault.data_key)
    vault.close()
    restore.restore(made, folder, vault.data_key)
    Vault.open(folder, PASSWORD).close()
    assert forbidden == []


def test_the_forbidding_itself_works(forbidden: list[str]) -> None:
    with pytest.raises(AssertionError):
        socket.create_connection(("127.0.0.1", 9))
    assert forbidden == ["create_connection"]
