"""The strip over a vault that is not the one this machine saw last: what is missing, and the three ways to go on."""

from __future__ import annotations

from pathlib import Path

from paizhu.services.office import Office
from paizhu.services.safety import last_seen, older
from paizhu.ui import backup_strips, chain_strip
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.trouble import Trouble
from paizhu.ui.strips import Strips

NAME, ACCEPT = "older", "older-accept"
_OFFERS = (
    Offer(backup_strips.PAGE, "打开备份与恢复"),
    Offer(chain_strip.COMPARE, "与备份比对"),
    Offer(ACCEPT, older.ACCEPT, Look.FLAT),
)


def show(strips: Strips, office: Office) -> None:
    """Say what opening found; it stands until somebody says that this vault shall be used."""
    if found := office.older:
        strips.put_trouble(NAME, Trouble(found.headline, found.happened, found.kept, found.todo), _OFFERS)


def accept(strips: Strips, context: Context, home: Path) -> None:
    """Use the vault as it is, which the journal says; ``home`` is the folder of what the machine remembers."""

    def done(_nothing: object) -> None:
        strips.take(NAME)
        context.events.said.emit("已记入留痕，以后以现在这一份为准。", 0)

    context.tasks.run(lambda _progress: last_seen.accept(context.office, home), done)
