from itertools import count
from typing import Any

from notices.rules.messages import Channel
from notices.services.posting import Post, Recipient

CONTEXT: dict[str, object] = {
    "title": "关于小区加装电梯补助的申请",
    "body": "明川省发展和改革委员会",
    "rule": "reply",
    "due_on": "2026-04-16",
    "left": 3,
    "late": 2,
    "provisional": False,
    "url": "/desk/duties/7/",
}
_NUMBERS = count(1)


def a_recipient(**changes: Any) -> Recipient:
    known = {"key": f"user:{next(_NUMBERS) + 1000}"} | changes
    address = f"{known['key'].replace(':', '')}@example.cn"
    return Recipient(**({"email": address} | known))


def a_post(**changes: Any) -> Post:
    """A reminder by e-mail: a_post(key="reply:7", to__email="li@example.cn")."""
    to = {name[4:]: changes.pop(name) for name in list(changes) if name.startswith("to__")}
    known: dict[str, Any] = {
        "message": "due_soon",
        "to": a_recipient(**to),
        "key": f"post:{next(_NUMBERS)}",
        "context": CONTEXT,
        "channels": (Channel.EMAIL,),
    }
    return Post(**(known | changes))


def posts(number: int) -> list[Post]:
    return [a_post() for _ in range(number)]
