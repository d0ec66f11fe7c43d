"""Who was talked to in a check becomes a record of talk each, so that nobody is typed twice and each counts once."""

from paizhu.base.errors import NotAllowedError
from paizhu.base.progress import Progress, silent, told
from paizhu.base.rows import Change, Ref, Row, Value, ids_in, refs_in
from paizhu.registers.activity import ACTIVITY
from paizhu.registers.activity_flow import HELD, SUMMONS
from paizhu.registers.guards import same
from paizhu.registers.talk import TALK
from paizhu.services.matters.handing import OWN, Handing, first
from paizhu.services.preparing import day_of

_KIND, _REASON = SUMMONS, "inspection"


class HandingTalks(Handing):
    """Hands the persons of a check on to the register of talks."""

    def untold(self, row: Row) -> list[Ref]:
        """Return who was talked to in a check and has no record of talk there yet."""
        known: list[Ref] = []
        for talk_id in ids_in(row.values.get("talk_refs"), TALK.key):
            known += refs_in(self._records.get(TALK, talk_id).values.get("subject"))
        return [who for who in refs_in(row.values.get("talked")) if not any(same(who, one) for one in known)]

    def talks_from_activity(self, activity_id: int, progress: Progress = silent) -> Change:
        """Make a talk of each person without one, on the day and at the place of the check, linked both ways.

        It counts once what was said is written down: the record of the talk itself cannot be taken over.
        """
        row = self._records.get(ACTIVITY, activity_id)
        left = self.untold(row)
        if row.voided or not left:
            raise NotAllowedError("约谈对象都已经有谈话记录", "没有改动", "要补充的，先在约谈对象里写上姓名")
        prepared = [self._making.prepared(TALK, self._talk(row, who)) for who in left]
        with self._vault.act("save", f"登记约谈记录 {len(left)} 人 {row.no}".strip(), size=len(left)) as act:
            made = [self._making.create(act, TALK, each) for each in told(prepared, "正在登记约谈记录", progress)]
            act.change(ACTIVITY, row.id, row.version, {"talk_refs": (*refs_in(row.values.get("talk_refs")), *made)})
        return first(act, made[0])

    def _talk(self, row: Row, who: Ref) -> dict[str, Value]:
        held = row.values
        members = refs_in(row.values.get("members"))
        made: dict[str, Value] = {name: held.get(name) for name in OWN if TALK.has(name)}
        return made | {
            "kind": _KIND,
            "reason": _REASON,
            "reason_note": held.get("title"),
            "subject": who,
            "planned_date": day_of(held.get("start_date")) or self._desk.today,
            "place": held.get("place"),
            "talker": members[0] if members else held.get("handler"),
            "companion": members[1] if len(members) > 1 else None,
            "companion_unit": held.get("member_unit"),
            # What is only planned has not been said yet.
            "start_at": day_of(held.get("start_date")) if row.state in HELD else None,
        }
