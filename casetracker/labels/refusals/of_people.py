"""Chinese sentences for accounts, rights, passwords and signing in."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "reveal_limit": ("查看次数过多", "一小时内查看完整信息的次数已达上限，已记录，请稍后再试。"),
    "sign_in_failed": (
        "登录没有成功",
        "用户名、密码或动态验证码不正确，请核对后重试；连续五次错误将锁定三十分钟。",
    ),
    "own_roles": ("不能设置自己的岗位", "请由另一位安全管理员办理。"),
    "own_account": ("不能停用自己的账号", "请由另一位管理员办理。"),
    "own_second_factor": ("不能解除自己的动态验证码", "请由另一位安全管理员办理。"),
    "account_changed": ("账号刚被他人修改", "请核对下面的最新情况，再提交一次。"),
    "last_of_its_role": ("至少保留一名", "停用或调整后将没有“{role}”，请先指定接替人员。"),
    "no_right": ("没有权限", "您的岗位不能使用该功能，请联系管理员。"),
}

PROBLEMS: Mapping[str, str] = {
    "username_taken": "该用户名已有人使用，请换一个",
    "bad_username": "用户名为 3 至 32 位小写字母、数字、点、横线或下划线，以字母开头",
    "bad_email": "电子邮箱格式不对",
    "roles_apart": "新建账号不能同时设置岗位，请由安全管理员设置（三员分立）",
    "roles_not_separate": "系统管理员、安全管理员、审计员须专人专岗，不能兼任其他岗位（三员分立）",
    "password_too_short": "密码太短，至少 {least} 位",
    "password_too_long": "密码太长，最多 {most} 位",
    "password_too_plain": "密码须包含大写字母、小写字母、数字、符号中的至少三类",
    "password_common": "密码过于常见或容易猜到，请换一个",
    "password_of_the_office": "密码不能包含单位名称、姓名、用户名或“12345”这类字样",
    "password_unchanged": "新密码不能与原密码相同",
    "passwords_differ": "两次输入的新密码不一致",
    "wrong_password": "原密码不正确",
    "wrong_code": "动态验证码不正确或已使用过，请等下一个验证码",
    "not_a_leader": "该账号没有“分管领导”或“主要领导”岗位",
    "unknown_account": "没有这个账号，或账号已停用",
    "taken": "已被使用，请换一个",
    "not_a_deputy_leader": "该账号没有“分管领导”岗位",
    "unknown_scope": "没有这个范围，请对照接口文档填写",
}
