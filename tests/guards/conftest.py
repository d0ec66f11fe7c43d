"""One vault for all proofs of a register: what they store stands side by side and is never read by another."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from paizhu.base import clock
from paizhu.services.office import Office
from paizhu.storage.header import Header
from paizhu.storage.vault import Vault
from tests.guards.ground import NOW, Ground
from tests.guards.in_vault import Stage


@pytest.fixture(scope="session")
def stages() -> Iterator[dict[str, Stage]]:
    """The vaults made so far, by register."""
    made: dict[str, Stage] = {}
    yield made
    for each in made.values():
        each.office.vault.close()


@pytest.fixture
def stage(
    request: pytest.FixtureRequest,
    stages: dict[str, Stage],
    vault_template: tuple[Path, bytes],
    tmp_path_factory: pytest.TempPathFactory,
    later: None,
) -> Stage:
    """The vault of the register that is asked, with the roster of the proofs."""
    ground: Ground = request.node.callspec.params["ground"]
    key = ground.register.key
    if key not in stages:
        folder = tmp_path_factory.mktemp("stage") / "示例.paizhu"
        shutil.copytree(vault_template[0], folder)
        stages[key] = Stage(Office(Vault.open_with(folder, Header.load(folder), vault_template[1])))
    return stages[key]


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    """The clock of the proofs."""
    with clock.clock_at(NOW):
        yield
