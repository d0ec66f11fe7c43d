"""The yearly notice read from its own words; real notices give every day the published calendar has."""

from datetime import date

import pytest

from paizhu.rules.calendar import Calendar
from paizhu.rules.notice import NoticeUnreadError, read_notice

Y2026 = """国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。"""
Y2006 = """国务院办公厅关于2006年部分节假日安排的通知
一、元旦:1月1日—3日放假,共3天。其中1月1日为法定假日,将12月31日(星期六)、1月1日(星期日)两个公休日调至1月2日(星期一)、3日(星期二),12月31日(星期六)上班。
二、春节:1月29日—2月4日(即农历大年初一至初七)放假,共7天。其中,29日、30日、31日为法定假日,将1月28日(星期六)、29日(星期日)、2月5日(星期日)三个公休日调至2月1日(星期三)、2日(星期四)、3日(星期五),2月4日(星期六)照常公休,1月28日、2月5日上班。
三、“五一”:5月1日—7日放假,共7天。其中,1日、2日、3日为法定假日,将4月29日(星期六)、30日(星期日)两个公休日调至5月4日(星期四)、5日(星期五),5月6日(星期六)、7日(星期日)照常公休,4月29日、30日上班。
四、“十一”:10月1日—7日放假,共7天。其中,1日、2日、3日为法定假日,将9月30日(星期六)、10月1日(星期日)、8日(星期日)三个公休日调至10月4日(星期三)、5日(星期四)、6日(星期五),10月7日(星期六)照常公休,9月30日、10月8日上班。"""
# In 2006 the last weekend belongs to the next year's notice.
OTHERS = {date(2006, 12, 30), date(2006, 12, 31)}


@pytest.mark.parametrize("words", [Y2026, Y2006], ids=["2026", "2006"])
def test_a_published_notice_gives_the_published_days(words: str) -> None:
    read = read_notice(words, 2030)
    published = Calendar()
    assert read.doubts == ()
    assert read.whole
    days = [date(read.year, 1, 1).replace(month=month, day=day) for month in range(1, 13) for day in range(1, 29)]
    own = Calendar({day: (kind, name) for day, (kind, name) in read.days.items() if kind != "unit"})
    for day in [*days, *read.days]:
        assert day in OTHERS or own.is_working(day) is published.is_working(day), day
    special = {day for day in days if published.special(day)}
    assert special - OTHERS <= set(read.days)


@pytest.mark.parametrize(
    ("words", "off", "worked"),
    [
        ("10月1日至8日放假，9月26日、10月9日上班", ("10-01", "10-08"), ("09-26", "10-09")),
        ("放假：10月1日至8日；上班：9月26日、10月9日", ("10-01", "10-08"), ("09-26", "10-09")),
        ("国庆节：10月1日-8日放假，9月26日补班", ("10-01", "10-08"), ("09-26",)),
        ("2027.10.1至2027.10.8放假", ("10-01", "10-08"), ()),
        ("清明节：4月5日放假，4月6日（星期二）补休。", ("04-05", "04-06"), ()),
        ("安排职工在除夕（2月5日）休息。春节：2月6日放假", ("02-06",), ()),
    ],
)
def test_shorter_wordings_are_read_as_well(words: str, off: tuple[str, ...], worked: tuple[str, ...]) -> None:
    read = read_notice(words, 2027)
    found = {f"{day:%m-%d}": kind for day, (kind, _) in read.days.items()}
    assert {found.get(day) for day in off} == {"off"}
    assert {day for day, kind in found.items() if kind == "work"} == set(worked)
    assert not read.whole


def test_a_new_year_reaches_back_into_december() -> None:
    read = read_notice("元旦：12月31日至1月2日放假", 2028)
    assert sorted(read.days) == [date(2027, 12, 31), date(2028, 1, 1), date(2028, 1, 2)]
    again = read_notice("元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)
    assert (min(again.days), again.off, again.doubts) == (date(2022, 12, 31), 3, ())


def test_the_holiday_is_named_and_two_of_them_together() -> None:
    read = read_notice("七、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。", 2025)
    assert read.days[date(2025, 10, 6)] == ("off", "国庆节、中秋节")


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("国庆节：10月1日（周四）放假", "2027 年 10 月 1 日不是星期四"),
        ("国庆节：10月1日至7日放假，共8天", "共 8 天，读到 7 天"),
        ("10月1日放假，10月11日上班", "10 月 11 日本来就是工作日"),
        ("2月30日放假，3月1日放假", "“2月30日”不是日期"),
    ],
)
def test_what_does_not_fit_together_is_said(words: str, doubt: str) -> None:
    assert any(doubt in each for each in read_notice(words, 2027).doubts)


def test_a_units_own_day_off_is_no_part_of_the_notice() -> None:
    read = read_notice("3月9日本单位休息", 2027)
    assert read.days == {date(2027, 3, 9): ("unit", "")}


@pytest.mark.parametrize("words", ["", "请妥善安排值班", "10月1日", "共7天"])
def test_words_without_such_days_are_refused(words: str) -> None:
    with pytest.raises(NoticeUnreadError) as refused:
        read_notice(words, 2027)
    assert "日历没有改动" in str(refused.value)
