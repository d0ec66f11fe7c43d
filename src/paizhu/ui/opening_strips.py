"""What opening a vault finds to say across the top: invented data, steps put off, a loose recovery code, notices."""

from __future__ import annotations

from paizhu.base import clock
from paizhu.services.office import Office
from paizhu.services.safety import clock_back, recovery_code
from paizhu.services.session import Session
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.strip import Level
from paizhu.ui.strips import Strips
from paizhu.ui.wizards.first_run_data import words_of

CLOCK, SAMPLE = "clock", "sample"
"""Names of the strips that say that the clock cannot be right, and that all is invented."""
REMOVE_SAMPLE, FIRST_RUN = "remove-sample", "first-run"
"""What the strips offer."""
_LOOSE_CODE = (
    "新换发的恢复密钥还没有打印或存下",
    "以前印的恢复单已经作废，现在忘了口令就打不开。请在设置里再换发一次，打印或存下。",
)
_SEEN_CODE = (
    _LOOSE_CODE[0],
    "以前印的恢复单已经作废，现在忘了口令就打不开。它还在设置的“口令与恢复密钥”里，请打印或存下。",
)


def show(strips: Strips, office: Office, session: Session) -> None:
    """Put up what there is to say; the notices of this opening are said once."""
    if int(office.desk.setting("sample")):
        offers = [Offer(REMOVE_SAMPLE, "移走示例数据，开始正式使用", Look.LINK)]
        strips.put(SAMPLE, "示例数据", "人名、单位、金额都是编的，可以随意改动。", Level.AMBER, offers)
    if step := session.next_step():
        offers = [Offer(FIRST_RUN, "接着设置", Look.LINK)]
        strips.put(FIRST_RUN, "首次使用还有几步没有做", f"接下来：{words_of(step)}。", Level.PLAIN, offers)
    if recovery_code.is_loose(office):
        seen = bool(session.unkept.of(office.vault))
        strips.put("recovery", *(_SEEN_CODE if seen else _LOOSE_CODE), Level.AMBER, closable=True)
    for place, words in enumerate(session.notices):
        strips.put(f"notice-{place}", words, closable=True)
    session.notices = []
    # Put up last it stands in front: what else is told may be counted by a day that is wrong.
    if ahead := clock_back.written_ahead(office.vault):
        now = clock.now()
        words = (
            f"电脑现在是 {now:%Y-%m-%d %H:%M}，上次记到 {ahead:%Y-%m-%d %H:%M}。期限都按电脑的日期算，"
            "已记的内容没有动。请先把电脑的日期和时间改对，再打开本程序；现在的日期是对的，就核对上次记下的日期。"
        )
        strips.put(CLOCK, "电脑的时间比上次记录时还早", words, Level.AMBER, closable=True)
