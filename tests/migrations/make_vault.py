"""Makes the small vault that stands for one release in these tests: `python -m tests.migrations.make_vault`.

Run it once, when a release is made, before its first migration becomes history; a vault of a released version is
never made again.
"""

import shutil

from paizhu.base import clock
from paizhu.services.office import Office
from paizhu.storage import header, keys, migrate
from paizhu.storage.vault import DATABASE, Vault
from tests.migrations.small_vault import CHEAP, DATA, PASSWORD, fill


def main() -> None:
    """Make the vault of the newest migration in place of the one that stands there."""
    folder = DATA / migrate.HEAD
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made, data_key, _code = header.Header.create(PASSWORD, CHEAP)
    migrate.build(folder / DATABASE, keys.subkey(data_key, keys.Purpose.DATABASE))
    made.save(folder)
    with clock.clock_at(clock.now().replace(year=2026, month=3, day=16, hour=10, minute=26)):
        vault = Vault.open_with(folder, made, data_key)
        fill(Office(vault), folder)
        vault._writer.execute("VACUUM")
        vault.close()
    for left in ("hold", "work"):
        path = folder / left
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
