"""What must not be left on the disk when the program dies: a picture of its memory, with keys and words in it."""

import sys


def forbid_core_dumps() -> None:
    """Let the system write no core file of this program or of what it starts, where it asks for one at all."""
    if sys.platform == "win32":
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
