"""Reply templates and the forms in which upstream platforms want their answers."""

from dataclasses import dataclass

from casetracker.domain.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class DemoTemplate:
    name: str
    use: str
    body: str
    channel: Channel | None = None
    category: str | None = None


TEMPLATES: tuple[DemoTemplate, ...] = (
    DemoTemplate(
        "一般办结答复",
        "reply",
        "您好！您反映的问题已收悉。经现场核实，情况属实。我单位已采取以下措施：（措施）。"
        "目前问题已解决，欢迎继续监督。",
    ),
    DemoTemplate(
        "解释说明答复",
        "reply",
        "您好！您反映的问题已收悉。经核实，（情况）。根据（依据），现向您说明如下：（说明）。"
        "如有疑问，请与我单位联系。",
    ),
    DemoTemplate(
        "暂时无法解决答复",
        "reply",
        "您好！您反映的问题已收悉。因（原因），目前暂不具备解决条件。我单位已列入计划，"
        "预计（时间）前推进，期间将及时向您通报进展。",
    ),
    DemoTemplate(
        "路灯报修答复",
        "reply",
        "您好！您反映的路灯不亮问题，工作人员已到现场查看，确认（原因），已于（时间）更换修复，"
        "夜间照明恢复正常。感谢您对市政工作的关心。",
        category="0203",
    ),
    DemoTemplate(
        "噪声扰民答复",
        "reply",
        "您好！您反映的噪声问题，执法人员已到现场检查，责令（对象）立即整改，并要求不得在（时段）"
        "作业。我们将加强夜间巡查，如有反复请随时反映。",
        category="0401",
    ),
    DemoTemplate(
        "物业服务答复",
        "reply",
        "您好！您反映的物业服务问题，社区已约谈物业公司负责人，要求限期整改：（事项）。"
        "社区将在（时间）回头看，确保整改到位。",
        category="0501",
    ),
    DemoTemplate(
        "市长专线回告",
        "upstream",
        "市长专线工单 {external_number}：\n诉求人反映“{title}”。\n办理情况：{reply}\n"
        "承办单位：{unit}\n办结时间：{replied_at}",
        channel=Channel.MAYOR_LINE,
    ),
    DemoTemplate(
        "12345 回告",
        "upstream",
        "【工单编号】{external_number}\n【承办单位】{unit}\n【处理结果】{result}\n【答复内容】{reply}\n"
        "【答复时间】{replied_at}",
        channel=Channel.HOTLINE_12345,
    ),
    DemoTemplate(
        "区长热线回告",
        "upstream",
        "区长热线 {external_number}\n一、诉求事项：{title}\n二、办理结果：{result}\n"
        "三、答复内容：{reply}\n{unit} {replied_at}",
        channel=Channel.DISTRICT_LINE,
    ),
    DemoTemplate(
        "城市留言板回复",
        "upstream",
        "网友您好！您的留言“{title}”已收悉。{reply}感谢您对新沟镇街工作的关心和支持。（{unit}）",
        channel=Channel.MESSAGE_BOARD,
    ),
)
