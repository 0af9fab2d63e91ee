"""Chinese sentences for days, moments and periods."""

from collections.abc import Mapping

PROBLEMS: Mapping[str, str] = {
    "bad_date": "日期格式不对，应如 2026-03-01",
    "bad_clock": "时间格式不对，应如 09:00",
    "date_from_datetime_parsing": "日期格式不对，应如 2026-03-01",
    "date_parsing": "日期格式不对，应如 2026-03-01",
    "date_type": "日期格式不对，应如 2026-03-01",
    "in_the_future": "不能晚于现在",
    "in_the_past": "须晚于现在",
    "too_many_lines": "超过 5 万条，请缩小日期范围，分次导出",
    "bad_instant": "时间格式不对，应如 2026-03-01 09:30 或 2026-03-01T09:30:00+08:00",
    "range_reversed": "结束日期不能早于开始日期",
    "range_too_long": "一次最多查询 1100 天",
    "bad_month": "月份应如 2026-03",
    "bad_week": "周次应如 2026-W10",
    "bad_day": "日期应如 2026-03-05",
    "bad_period": "期间应如 2026-03、2026-W10、2026-03-05、2026 或 2026-03-01--2026-03-07",
}
