"""A matter handed on from register to register: what one record tells is not typed again in the next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from paizhu.base.register import Register
from paizhu.base.rows import Row, Values
from paizhu.registers import case_flow, lead_flow, petition_flow
from paizhu.registers.lead_flow import accuses
from paizhu.services import preparing
from paizhu.services.matters.handing import NOT_YET, hands
from paizhu.services.matters.handing_cases import HandingCases
from paizhu.services.matters.handing_leads import LEAD, HandingLeads
from paizhu.services.matters.repeats import Alike, alike

__all__ = ["NOT_YET", "HandingOn", "Offer"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A hand-over the state of a record asks for; ``asks`` names what must be said with it: label and first words.

    ``steps`` tells that it stands in for the step of the course: it takes it as well, or the step waits for it. With
    ``stays`` the record in hand stays in front, since its own step comes next; what was made has a clock of its own.
    """

    key: str
    words: str
    asks: tuple[tuple[str, str], ...] = ()
    steps: bool = False
    stays: bool = False


_A_LEAD = Offer("lead", "由本件登记线索", steps=True)


class HandingOn(HandingLeads, HandingCases):
    """Hands matters on within one vault."""

    def offers(self, register: Register, row: Row) -> list[Offer]:
        """Return what can be handed on from this record now, as the states of its flow declare it."""
        made = [offer for each in hands(row) if each in self._made and (offer := self._made[each](row))]
        if made or row.voided or register is not LEAD or not LEAD.flow:
            return made
        if LEAD.flow.state(row.state or LEAD.flow.start).end:
            return []
        return [Offer("join", "并入信访件", (("信访编号（几件用顿号分开）", ""),))]

    @property
    def _made(self) -> Mapping[str, Callable[[Row], Offer | None]]:
        return {
            petition_flow.LEAD: lambda _row: _A_LEAD,
            petition_flow.AGAIN: lambda row: _A_LEAD if petition_flow.brought_evidence(row.values) else None,
            petition_flow.MORE_LEADS: self._more_leads,
            lead_flow.CASE: lambda _row: Offer(
                "case", "由本件登记立案", (("立案（批准）日期", self._desk.today.isoformat()),), steps=True
            ),
            lead_flow.ACCUSER: self._accuser,
            case_flow.MEASURE: self._measures,
            case_flow.REPLACED: self._replaced,
            case_flow.PERIOD: self._period,
        }

    def _more_leads(self, row: Row) -> Offer | None:
        left = self._unled(row)
        return Offer("lead", f"为{'、'.join(ref.label for ref in left)}登记线索") if left else None

    def _accuser(self, row: Row) -> Offer | None:
        if not accuses(row.values) or row.values.get("accuser_lead_ref"):
            return None
        asks = (("涉嫌诬告人", ""), ("主要问题", "涉嫌诬告陷害"))
        return Offer("accuser", "另立诬告线索", asks, steps=True, stays=True)

    def _measures(self, row: Row) -> Offer | None:
        if self._measures_of(row.id):
            return None
        proposed = str(row.values.get("proposed_measure") or "")
        # Nothing can be carried out of a punishment that nobody registered; an old ledger may be long past that.
        waits = row.values.get("outcome") == "punish" and not row.values.get("executed_at")
        return Offer("measure", "由本件登记处分", (("处分种类（几种用顿号分开）", proposed),), steps=waits)

    def _replaced(self, row: Row) -> Offer | None:
        if self._decided_anew(row.id):
            return None
        decided = preparing.day_of(row.values.get("appeal_decided_at")) or self._desk.today
        asks = (("变更后的处分种类（几种用顿号分开）", ""), ("新决定文号", ""), ("新决定日期", decided.isoformat()))
        return Offer("replace", "登记变更后的处分", asks)

    def _period(self, row: Row) -> Offer | None:
        end, known = self._latest_end(row.id), preparing.day_of(row.values.get("period_to"))
        if end is None or end == known:
            return None
        # Of what was appealed before it was carried out the period is noted, but carrying it out comes next.
        if (step := self._period_step(row)) and row.values.get("executed_at"):
            return Offer("into_period", f"{step.label}（至 {end.isoformat()}）", steps=True)
        return Offer("period", f"填入影响期满日期 {end.isoformat()}")

    def compares(self, row: Row) -> bool:
        """Tell whether a record is at the stage where it is compared with earlier letters and leads."""
        return any(each in hands(row) for each in (petition_flow.REPEAT, petition_flow.JOINED))

    def alike(self, values: Values, itself: int = 0) -> list[Alike]:
        """Return earlier letters and leads of the same person or matter."""
        return alike(self._desk, values, itself)
