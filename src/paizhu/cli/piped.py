"""What comes in through a pipe or stands in the environment: UTF-8 whatever the language of the terminal.

Scripts write UTF-8, as this program does; only where the bytes are none is the terminal's own language tried.
"""

import locale
import os
import sys


def is_piped() -> bool:
    """Tell whether standard input is a pipe or a file, not somebody at a keyboard."""
    return not sys.stdin.isatty()


def line() -> str:
    """Return the next line without its end; empty when there is no more."""
    return _words(sys.stdin.buffer.readline()).rstrip("\r\n")


def text(otherwise: str = "") -> str:
    """Return all that comes, what is no UTF-8 in another encoding; UnicodeDecodeError when it is in neither."""
    return _words(sys.stdin.buffer.read(), otherwise)


def variable(name: str) -> str:
    """Return an environment variable; empty when it is not set."""
    words = os.environ.get(name, "")
    # Under a plain C locale Python takes the bytes for what they are not; what it kept gives them back.
    return words if words.isascii() else _words(os.fsencode(words))


def _words(raw: bytes, otherwise: str = "") -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode(otherwise or locale.getpreferredencoding(do_setlocale=False))
