"""What the computer itself must have: libraries that Qt loads, a Chinese font, the programs the tests look with.

The names are Debian's; UOS, Kylin and Ubuntu use the same. Nothing is looked for on Windows, whose Qt needs nothing.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

from devtools.terminal import StoppedError, say, start

# What any Qt program loads, even one without a window: package and the library it is found by.
QT_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libfreetype6": "libfreetype.so.6",
    "libglib2.0-0": "libglib-2.0.so.0",
}

# What a window on a real screen loads on top.
WINDOW_LIBRARIES = {
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libx11-xcb1": "libX11-xcb.so.1",
}

# What the tests look at papers, workbooks and real windows with: package and the program it is found by.
TEST_PROGRAMS = {
    "poppler-utils": "pdftotext",
    "libreoffice-calc": "localc",
    "libreoffice-writer": "lowriter",
    "xvfb": "Xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
}

FONT_PACKAGE = "fonts-noto-cjk"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
CHINESE_FONT_FILES = (
    "NotoSansCJK*", "NotoSansSC*", "NotoSerifCJK*", "SourceHanSans*", "wqy-*", "uming*", "ukai*", "msyh*", "simsun*",
    "simhei*", "FZ*", "LXGW*", "DroidSansFallback*",
)  # fmt: skip


def prepare(*, window: bool, tests: bool) -> None:
    """Bring what is missing: as root by apt-get, otherwise stop with the one command that does it.

    A missing font alone does not stop anyone but the tests, since the program brings its own.
    """
    if sys.platform != "linux":
        return
    needed = missing_libraries(QT_LIBRARIES)
    if window or tests:
        needed += missing_libraries(WINDOW_LIBRARIES)
    if tests:
        needed += missing_programs(TEST_PROGRAMS)
    font_missing = not has_chinese_font(FONT_FOLDERS)
    if not needed and not font_missing:
        return
    packages = [*needed, FONT_PACKAGE] if font_missing else needed
    if may_install():
        install(packages)
    elif needed or tests:
        raise StoppedError(*advice(packages))
    else:
        say(
            f"没有找到中文字体，先用程序自带的字体；想要更全的字体，可执行：{install_command(packages)}",
            "no Chinese font found, the program's own is used",
        )


def missing_libraries(libraries: dict[str, str]) -> list[str]:
    """Return the packages whose library cannot be loaded: the very thing Qt will try."""
    missing = []
    for package, library in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def missing_programs(programs: dict[str, str]) -> list[str]:
    """Return the packages whose program is not to be found."""
    return [package for package, program in programs.items() if shutil.which(program) is None]


def has_chinese_font(folders: Iterable[str]) -> bool:
    """Look for a font file known to hold Chinese; fontconfig's own list may not be installed yet."""
    return any(
        name.lower().endswith((".ttf", ".ttc", ".otf"))
        and any(fnmatch(name, pattern) for pattern in CHINESE_FONT_FILES)
        for folder in folders
        # Unlike rglob, walk passes over folders that may not be read.
        for _, _, names in os.walk(Path(folder).expanduser())
        for name in names
    )


def may_install() -> bool:
    """Tell whether packages can be installed without asking anyone: root, on a system with apt-get."""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install packages of the distribution, without the extras it recommends."""
    say(f"安装系统组件：{' '.join(packages)}", "installing system packages")
    unasked = {"DEBIAN_FRONTEND": "noninteractive"}
    waiting = ["-o", "DPkg::Lock::Timeout=300", "-q"]
    code = start(["apt-get", "update", *waiting], unasked, quiet=True)
    if code == 0:
        command = ["apt-get", "install", "-y", "--no-install-recommends", *waiting, *packages]
        code = start(command, unasked, quiet=True)
    if code:
        raise StoppedError(
            f"系统组件没有装上（apt-get 返回 {code}），项目文件没有改动。"
            f"请检查软件源后执行：{install_command(packages)}",
            "The system packages could not be installed; look at what apt-get said above.",
        )


def advice(packages: list[str]) -> tuple[str, str]:
    """Say what is missing and the one command that brings it."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        return (
            f"缺少系统组件。请用本机的软件管理程序安装与以下 Debian 软件包相当的组件：{names}",
            "System packages are missing; install what corresponds to these Debian packages.",
        )
    return (
        f"缺少系统组件。请执行下面这一条命令，然后再来一次：\n\n    {install_command(packages)}\n",
        "System packages are missing; type the one command above, then come back.",
    )


def install_command(packages: list[str]) -> str:
    """Return the one line to type."""
    return f"sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}'"
