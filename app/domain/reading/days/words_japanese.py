"""Japanese words of days, as `vocabulary.py` reads them."""

JAPANESE = """
today: 今日, 本日, きょう
tomorrow: 明日, あした, あす
aftertomorrow: 明後日, あさって
yesterday: 昨日, きのう
yesterday2: 一昨日, おととい
mon: 月曜日, 月曜, (月)
tue: 火曜日, 火曜, (火)
wed: 水曜日, 水曜, (水)
thu: 木曜日, 木曜, (木)
fri: 金曜日, 金曜, (金)
sat: 土曜日, 土曜, (土)
sun: 日曜日, 日曜, (日)
this week: 今週, 本週
next week: 来週
next2 week: 再来週
last week: 先週
this month: 今月, 本月, 当月
next month: 来月
next2 month: 再来月
last month: 先月
this year: 今年, 本年
next year: 来年
next2 year: 再来年
last year: 昨年, 去年
this quarter: 今四半期, 当四半期
next quarter: 来四半期, 次四半期
quarter: 四半期
end month: 月末
end year: 年末, 年内
end month: 月内
early month: 月初
weekend: 週末
this weekend: 今週末
next weekend: 来週末
end: 末, 末日, 中, 中に
mid: 半ば, なかば
early: 上旬, 初旬, 初め, 中旬
late: 下旬
day: 日間, 日
week: 週間, 週
month: か月, ヶ月, カ月, ケ月, ヵ月, 箇月
year: 年間
workday: 営業日
hour: 時間
minute: 分
within: 以内, 以内に
later: 後, 後に, のち
ago: 前
from: から
to: 〜
or: または, か, もしくは
by: まで, までに
christmas: クリスマス
christmas_eve: クリスマスイブ
new_years_eve: 大晦日
new_year: 元日, 元旦
@: 正午, 午前中, 午後, 夕方, 朝, 夜, 昼
-: の, に, は, を, で, 締切, 締め切り, 期限, 必着, 厳守
"""
