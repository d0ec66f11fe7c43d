"""Where a matter stands and what belongs to it: stations, links to its other records, hand-overs, likely repeats."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.registers.course import stretch
from paizhu.registers.petition_flow import JOINED, REPEAT
from paizhu.services.matters.course import Matter, Station, state_words
from paizhu.services.matters.course_part import Part
from paizhu.services.matters.handing import hands
from paizhu.services.matters.handing_on import Offer
from paizhu.services.matters.repeats import Alike
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.button import Offer as CardOffer
from paizhu.ui.kit.hint_card import COMPARED, Hint, HintCard
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.stepper import Step, Stepper, When
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.theme import Text

_WHEN = {"past": When.PAST, "skipped": When.PAST, "now": When.CURRENT, "later": When.LATER}
PETITION, LEAD = registers.register("petition"), registers.register("lead")
_LONGEST = 40


class CourseHead(QWidget):
    """The upper part of the overview; `part_asked` gives a record to open, `offer_asked` a hand-over to make."""

    part_asked = Signal(str, int)
    offer_asked = Signal(object)
    alike_asked = Signal(str, object)
    """open, first or join, and the record found alike."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[str, int] | None] = []
        self._stations: list[Step] = []
        self.stepper = Stepper()
        self.stepper.step_asked.connect(self._station_pressed)
        self.course = QFrame()
        """The band of the stations, as wide as the pane; it is laid out by whoever holds this head."""
        self.course.setProperty("frame", "course")
        band = QVBoxLayout(self.course)
        band.setContentsMargins(0, 0, 0, 0)
        band.addWidget(self.stepper)
        self._links = QWidget()
        self._alike = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        for part in (self._links, self._alike):
            self._column.addWidget(part)

    def show_matter(self, matter: Matter, offers: Sequence[Offer], repeats: Sequence[Alike]) -> None:
        """Show stations, links and what can be done."""
        self._parts = [each.part for each in matter.stations]
        self.show_stations(matter.stations)
        self._show_links(matter, offers)
        self._show_alike(matter, repeats)

    def show_stations(self, stations: Sequence[Station]) -> None:
        """Show the six stations; where their days would be cut, only those of the one reached and its neighbours."""
        self._stations = [Step(each.name, each.note, _WHEN[each.when]) for each in stations]
        self.fit(self.course.width())

    def fit(self, width: int) -> None:
        """Let the days of stations go where there is no room for them."""
        full = self._stations
        self.stepper.show_steps(full)
        if full and self.stepper.sizeHint().width() > width:
            self.stepper.show_steps(
                [each if each.when is When.CURRENT else Step(each.words, "", each.when) for each in full]
            )

    def links(self) -> list[Button]:
        """Return the links and hand-overs as they stand."""
        return self._links.findChildren(Button)

    def _show_links(self, matter: Matter, offers: Sequence[Offer]) -> None:
        old, self._links = self._links, _Flow()
        flow = self._links.layout()
        assert flow is not None
        for offer in offers:
            button = Button(f"{offer.words}{'…' if offer.asks else ''}", size=Size.SMALL)
            button.setAccessibleName(offer.words)
            button.clicked.connect(lambda _=False, offer=offer: self.offer_asked.emit(offer))
            flow.addWidget(button)
        for part in matter.parts:
            if part.key != matter.here.key:
                flow.addWidget(self._link(part, ""))
        for part in matter.beside:
            flow.addWidget(self._link(part, "同源" if part.register is LEAD else "相关"))
        self._links.setVisible(flow.count() > 0)
        self._column.replaceWidget(old, self._links)
        old.hide()
        old.deleteLater()

    def _link(self, part: Part, before: str) -> Button:
        words = f"{before}{stretch(part.register.key).short} {part.title}"
        who = part.row.values.get("subject")
        state = state_words(part)
        said = "，".join(each for each in (words, who.label if isinstance(who, Ref) else "", state) if each)
        button = Button(f"{words} {state}".strip(), Look.LINK, size=Size.SMALL)
        button.setAccessibleName(f"打开{said}")
        button.setToolTip(said)
        button.clicked.connect(lambda: self.part_asked.emit(*part.key))
        return button

    def _show_alike(self, matter: Matter, repeats: Sequence[Alike]) -> None:
        old, self._alike = self._alike, QWidget()
        column = QVBoxLayout(self._alike)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        if repeats:
            head = Label(f"重复件核对　{COMPARED}", Text.SECONDARY, "ink2", wraps=True)
            column.addWidget(head)
        for found in repeats:
            day = f"，{found.day.isoformat()} 收到" if found.day else ""
            summary = found.summary if len(found.summary) <= _LONGEST else f"{found.summary[:_LONGEST]}…"
            finding = f"{stretch(found.register).short} {found.no}{day}，{'、'.join(found.why)}"
            card = HintCard(Hint("疑似重复", finding, summary, offers=_alike_offers(matter.here, found)))
            card.acted.connect(lambda key, found=found: self.alike_asked.emit(key, found))
            column.addWidget(card)
        self._alike.setVisible(bool(repeats))
        self._column.replaceWidget(old, self._alike)
        old.hide()
        old.deleteLater()

    def _station_pressed(self, at: int) -> None:
        part = self._parts[at] if at < len(self._parts) else None
        if part:
            self.part_asked.emit(*part)


class _Flow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        FlowLayout(self, gap=8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


def _alike_offers(here: Part, found: Alike) -> list[CardOffer]:
    offers = [CardOffer("open", f"打开{stretch(found.register).short}", Look.LINK)]
    ways = hands(here.row)
    if registers.register(found.register) is PETITION and REPEAT in ways:
        offers.append(CardOffer("first", "作为首件登记", Look.LINK))
    if registers.register(found.register) is LEAD and JOINED in ways:
        offers.append(CardOffer("join", "并入这条线索", Look.LINK))
    return offers
