#!/usr/bin/env python3
"""Everything a newcomer runs, from a fresh clone, with nothing but Python: `python3 packaging/dev.py run` or `test`.

This file also has to be understood by a Python too old for the program, so that it can say so; the rest is in
devtools/.
"""

import sys

OLDEST, NEWEST = (3, 11), (3, 13)


def main() -> int:
    """Refuse a Python that the pinned packages do not run on, in words; otherwise do what was asked."""
    here = sys.version_info[:2]
    if not OLDEST <= here <= NEWEST:
        sys.stderr.write(
            f"本程序需要 Python 3.11、3.12 或 3.13，这里是 {here[0]}.{here[1]}。"
            "请换一个版本，例如：python3.12 packaging/dev.py run\n"
            f"Python 3.11, 3.12 or 3.13 is needed, this is {here[0]}.{here[1]}.\n"
        )
        return 2
    from devtools import commands

    return commands.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
