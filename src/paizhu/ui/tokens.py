"""The colours of the interface, by meaning, once for light and once for dark."""

from __future__ import annotations

from typing import NamedTuple


# No dataclass: the first window waits for this class, and would wait for that machinery too.
class Tokens(NamedTuple):
    """One set of colours as `#RRGGBB`; the contrast of every text colour is held by a test."""

    win: str
    surface: str
    surface2: str
    sel: str
    hover: str
    line: str
    line1: str
    field: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_button: str
    accent_button_hover: str
    accent_button_text: str
    accent_soft: str
    accent_line: str
    slate: str
    on_slate: str
    amber: str
    amber_soft: str
    amber_line: str
    c1: str
    c2: str
    c3: str
    c4: str
    c1_label: str
    c2_label: str
    c3_label: str
    c4_label: str


LIGHT = Tokens(
    win="#F2F1EE",
    surface="#FFFFFF",
    surface2="#F8F7F5",
    sel="#E3E9EF",
    hover="#F3F2EE",
    line="#DCD9D3",
    line1="#ECEAE5",
    field="#87837B",
    ink="#1E2124",
    ink2="#4B4F55",
    ink3="#63676D",
    accent="#9A1B1E",
    accent_button="#9A1B1E",
    accent_button_hover="#7F1417",
    accent_button_text="#FFFFFF",
    accent_soft="#FBEEED",
    accent_line="#DDB0AD",
    slate="#2F4358",
    on_slate="#FFFFFF",
    amber="#774B00",
    amber_soft="#FBF4E4",
    amber_line="#DFC993",
    c1="#C9D2DB",
    c2="#8FA1B3",
    c3="#566D84",
    c4="#263747",
    c1_label="#1E2124",
    c2_label="#1E2124",
    c3_label="#FFFFFF",
    c4_label="#FFFFFF",
)

DARK = Tokens(
    win="#1A1B1D",
    surface="#222326",
    surface2="#292A2E",
    sel="#2F3B49",
    hover="#2B2C30",
    line="#3B3D42",
    line1="#303237",
    field="#858990",
    ink="#EDECE9",
    ink2="#C6C7C9",
    ink3="#A5A8AD",
    accent="#F29A94",
    accent_button="#A9343A",
    accent_button_hover="#8C2A30",
    accent_button_text="#FFFFFF",
    accent_soft="#3B2426",
    accent_line="#7A4144",
    slate="#A9BFD4",
    on_slate="#16202A",
    amber="#E8BE6C",
    amber_soft="#37301F",
    amber_line="#6E5C33",
    c1="#46525E",
    c2="#8094A9",
    c3="#9FB4C8",
    c4="#D5E1EC",
    c1_label="#EDECE9",
    c2_label="#16202A",
    c3_label="#16202A",
    c4_label="#16202A",
)
