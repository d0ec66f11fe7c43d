"""Writes the next migration: what differs between the newest migration and the declared registers.

Run it as ``python packaging/new_migration.py 0002 talk_place`` after changing a register; read what it wrote
before committing. The result spells out tables and never imports the program, so that it means the same later.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from paizhu.base import paths
from paizhu.registers import METADATA
from paizhu.registers.columns import Kept, KeptNumber
from paizhu.storage import keys, migrate


def spelled(kind: str, item: Any, _context: Any) -> str | bool:
    """Spell the program's own column types as what the database knows."""
    if kind == "type" and isinstance(item, Kept | KeptNumber):
        return "sa.Integer()" if isinstance(item, KeptNumber) else "sa.Text()"
    return False


def main(revision: str, words: str) -> None:
    """Write the migration file of this number."""
    with tempfile.TemporaryDirectory() as folder:
        database, key = Path(folder) / "compared.db", keys.new_key()
        config = Config()
        config.set_main_option("script_location", str(paths.migrations()))
        if ScriptDirectory.from_config(config).get_heads():
            migrate.build(database, key)
        with migrate._engine_connection(database, key) as connection:
            config.attributes.update(connection=connection, target_metadata=METADATA, render_item=spelled)
            command.revision(config, words, autogenerate=True, rev_id=revision)


if __name__ == "__main__":
    main(*sys.argv[1:])
