"""Addresses as logs and lists show them: enough to tell two apart, too little to write to."""


def masked_phone(number: str) -> str:
    """*******5678."""
    return "*" * (len(number) - 4) + number[-4:] if len(number) > 4 else "*" * len(number)


def masked_email(address: str) -> str:
    """l***@example.cn."""
    name, at, host = address.rpartition("@")
    return f"{name[:1]}***{at}{host}" if at else "***"


def masked(address: str) -> str:
    if not address:
        return ""
    return masked_email(address) if "@" in address else masked_phone(address)
