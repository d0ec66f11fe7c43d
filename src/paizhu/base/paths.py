"""Where everything lives: the program's own resources, the machine's settings, log files."""

import os
import sys
from pathlib import Path

_OVERRIDE = "PAIZHU_HOME"


def program() -> Path:
    """Return the folder that holds ``resources/`` and ``migrations/``: the checkout or the built program."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parents[3]


def resources() -> Path:
    """Return the folder of fonts, icons, rules and help shipped with the program."""
    return program() / "resources"


def migrations() -> Path:
    """Return the folder of the schema's migrations."""
    return program() / "migrations"


def home() -> Path:
    """Return the folder for machine settings and logs (never records), made when missing.

    The environment variable PAIZHU_HOME replaces it, for tests and for a program on a stick.
    """
    if override := os.environ.get(_OVERRIDE):
        folder = Path(override)
    elif sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA", Path.home())) / "paizhu"
    else:
        folder = of_desktop("XDG_CONFIG_HOME", Path.home() / ".config") / "paizhu"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def of_desktop(variable: str, usual: Path) -> Path:
    """Return a folder the desktop may name in a variable.

    One that is empty or relative counts as not set, as the XDG Base Directory Specification says: settings would else
    land in whatever folder the program was started from.
    """
    named = Path(os.environ.get(variable, ""))
    return named if named.is_absolute() else usual


def may_look(folder: Path) -> bool:
    """Tell whether this account may see what is in a folder; one that is not there is no matter of permission."""
    try:
        with os.scandir(folder):
            return True
    except PermissionError:
        return False
    except OSError:
        return True


def documents() -> Path:
    """Return the folder proposed for new vaults."""
    for name in ("Documents", "文档"):
        if (Path.home() / name).is_dir():
            return Path.home() / name
    return Path.home()
