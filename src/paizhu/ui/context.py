"""What every page is given: the services of the open vault and the window's common means."""

from dataclasses import dataclass

from paizhu.services.office import Office
from paizhu.ui.events import Events
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import Theme


@dataclass(frozen=True)
class Context:
    """Handed to pages by the window; a page never looks anything up elsewhere."""

    office: Office
    events: Events
    tasks: Tasks
    theme: Theme
