"""Exit statuses of the command line."""

from enum import IntEnum


class Status(IntEnum):
    """What a script learns without reading: done, refused, called wrongly, some rows refused, damaged data."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    SOME_REFUSED = 3
    DAMAGED = 4
    FAULT = 70
