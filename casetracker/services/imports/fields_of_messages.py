"""The columns of the mapping `messages`: a public message board as it is published."""

NUMBER, USER, SUBJECT, WRITTEN_AT, TEXT = (
    "留言编号", "留言用户", "留言主题", "留言时间", "留言详情",
)  # fmt: skip
TOPIC, REPLY, REPLIED_AT, LIKES, DISLIKES = (
    "一级分类", "答复意见", "答复时间", "点赞数", "反对数",
)  # fmt: skip

COLUMNS = (
    NUMBER, USER, SUBJECT, WRITTEN_AT, TEXT, TOPIC, REPLY, REPLIED_AT, LIKES, DISLIKES,
)  # fmt: skip
NEEDED_IN_HEADER = (NUMBER, SUBJECT, WRITTEN_AT, TEXT)
TOLD = (REPLY,)
"""What a row with a known number and text can still tell: the answer. The name of its writer, the
topic and the counters differ from one published file to the next."""
