"""Every service of one open vault, made when first asked for: what windows and commands are given."""

from functools import cached_property
from typing import TYPE_CHECKING

from paizhu.services import following
from paizhu.services.desk import Desk
from paizhu.services.history import History
from paizhu.services.records import Records

if TYPE_CHECKING:
    from paizhu.services.deadlines.control_sheet import ControlSheet
    from paizhu.services.deadlines.extensions import Extensions
    from paizhu.services.deadlines.snooze import Snooze
    from paizhu.services.deadlines.today import Today
    from paizhu.services.duties.offers import DutyOffers
    from paizhu.services.flags.computing import Flags
    from paizhu.services.forms.figures import Figures
    from paizhu.services.forms.filling import Filling
    from paizhu.services.importing.ledgers import Importing
    from paizhu.services.out.exporting import Exporting
    from paizhu.services.out.handing_out import HandingOut
    from paizhu.services.out.printing import Printing
    from paizhu.services.own_rules.calendar_days import CalendarDays
    from paizhu.services.own_rules.time_limits import TimeLimits
    from paizhu.services.quick.capture import Quick
    from paizhu.services.safety.backups import Backups
    from paizhu.services.safety.older import Older
    from paizhu.services.search import Search
    from paizhu.services.views import Views
    from paizhu.storage.vault import Vault


class Office:
    """The services over one vault; heavy ones are imported when they are first used."""

    def __init__(self, vault: "Vault") -> None:
        self.vault = vault
        self.older: Older | None = None
        """The vault is not the one this machine saw last, and nobody has said yet that it shall be."""
        self.desk = Desk(vault)
        following.join(self.desk)

    @cached_property
    def records(self) -> Records:
        """Save, step, void, list."""
        return Records(self.desk)

    @cached_property
    def history(self) -> History:
        """The journal, undo, the chain."""
        return History(self.desk)

    @cached_property
    def search(self) -> "Search":
        """Find words in every register."""
        from paizhu.services.search import Search

        return Search(self.desk)

    @cached_property
    def today(self) -> "Today":
        """What falls due."""
        from paizhu.services.deadlines.today import Today

        return Today(self.desk)

    @cached_property
    def quick(self) -> "Quick":
        """One sentence into a record."""
        from paizhu.services.quick.capture import Quick

        return Quick(self.desk)

    @cached_property
    def snooze(self) -> "Snooze":
        """Tasks put off until a day."""
        from paizhu.services.deadlines.snooze import Snooze

        return Snooze(self.desk)

    @cached_property
    def calendar_days(self) -> "CalendarDays":
        """Days off and days worked, as the officer enters them."""
        from paizhu.services.own_rules.calendar_days import CalendarDays

        return CalendarDays(self.desk, self.today)

    @cached_property
    def time_limits(self) -> "TimeLimits":
        """The time-limit table and what is set over it."""
        from paizhu.services.own_rules.time_limits import TimeLimits

        return TimeLimits(self.desk, self.today)

    @cached_property
    def extensions(self) -> "Extensions":
        """Longer limits, with their approval."""
        from paizhu.services.deadlines.extensions import Extensions

        return Extensions(self.desk, self.today)

    @cached_property
    def views(self) -> "Views":
        """Saved views of lists: columns, order, filters."""
        from paizhu.services.views import Views

        return Views(self.desk)

    @cached_property
    def importing(self) -> "Importing":
        """Ledgers in."""
        from paizhu.services.importing.ledgers import Importing

        return Importing(self.desk)

    @cached_property
    def exporting(self) -> "Exporting":
        """Workbooks out."""
        from paizhu.services.out.exporting import Exporting

        return Exporting(self.desk)

    @cached_property
    def handing_out(self) -> "HandingOut":
        """A list in parts, one workbook for each person or unit."""
        from paizhu.services.out.handing_out import HandingOut

        return HandingOut(self.desk, self.exporting)

    @cached_property
    def backups(self) -> "Backups":
        """Make, prove, thin, restore."""
        from paizhu.services.safety.backups import Backups

        return Backups(self.desk)

    @cached_property
    def printing(self) -> "Printing":
        """Papers as PDF."""
        from paizhu.services.out.printing import Printing

        return Printing(self.desk)

    @cached_property
    def duty_offers(self) -> "DutyOffers":
        """Recurring work that may be taken into the list."""
        from paizhu.services.duties.offers import DutyOffers

        return DutyOffers(self.desk, self.records)

    @cached_property
    def control_sheet(self) -> "ControlSheet":
        """Deadlines as one sheet."""
        from paizhu.services.deadlines.control_sheet import ControlSheet

        return ControlSheet(self.desk, self.printing)

    @cached_property
    def flags(self) -> "Flags":
        """Red flags from the group's own records."""
        from paizhu.services.flags.computing import Flags

        return Flags(self.desk)

    @cached_property
    def figures(self) -> "Figures":
        """Indicators, each with its records."""
        from paizhu.services.forms.figures import Figures

        return Figures(self.desk)

    @cached_property
    def filling(self) -> "Filling":
        """The commission's blank forms filled."""
        from paizhu.services.forms.filling import Filling

        return Filling(self.desk, self.figures)
