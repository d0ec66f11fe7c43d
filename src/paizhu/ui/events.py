"""What pages tell each other: something changed, or somebody should look at a record."""

from PySide6.QtCore import QObject, Signal

from paizhu.base.rows import Change


class Events(QObject):
    """Signals of the open desk; a page listens to what concerns it and never calls another page."""

    changed = Signal(Change)
    """An act was finished; pages that show one of its registers read again, keeping place and filter."""
    journalled = Signal(int)
    """The journal has a new entry with this number, whatever wrote it: a print and a look are among them."""
    asked_for = Signal(str, int)
    """Somebody wants to see this record (register key, id; 0 for a new one); the window remembers the way back."""
    begin_asked = Signal(str, int, str, int)
    """Somebody wants to do something at a record: register key, id, the step or field to go to, and the id of the row
    under the record it concerns (0 for the record itself)."""
    new_asked = Signal(str, object)
    """Somebody wants to begin a record of this register, with values that are known where he stands."""
    paper_asked = Signal(str, int, str)
    """Somebody wants to see this paper (register key, id, code of the paper) before it is printed."""
    draft_asked = Signal(object)
    """Somebody made a paper that is among no record's papers; it is shown before it is printed or saved."""
    results_asked = Signal(str, str)
    """Somebody wants to see everything that holds these words in one register."""
    listed = Signal(str, tuple, str)
    """A list is to be narrowed to some records: register, their ids, and in words what they are."""
    made_of = Signal(object, object)
    """A record was made of another and is shown instead of it: register key and id of both, the new one first."""
    draft_kept = Signal()
    """What stands typed in a form and was in memory alone is on the disk, saved or thrown away."""
    said = Signal(str, int)
    """A sentence for the undo bar, with the journal entry that 撤销 takes back (0 for none)."""
    written = Signal(str, object)
    """A file or folder was written outside the vault: a sentence, and where it lies."""
    begun = Signal()
    """Something was asked for anew that may be refused beneath a field: what was done before is not said beside it."""
    settings_changed = Signal(str)
    """A setting with this code name has a new value."""
