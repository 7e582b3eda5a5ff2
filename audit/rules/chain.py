"""What the hashes of the trail are taken over.

These bytes are a promise: change them and every trail written before no longer verifies.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256


def canonical(value: object) -> bytes:
    """One spelling of a JSON value, whatever order its keys came in."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def details_digest(salt: str, details: Mapping[str, object]) -> str:
    """Salted, so that erased details cannot be guessed back from what stays in the chain."""
    return sha256(salt.encode() + canonical(details)).hexdigest()


def link_hash(  # noqa: PLR0913  an entry has this many parts, and all of them are bound
    *,
    previous_hash: str,
    at: datetime,
    action: str,
    actor: str,
    subject_type: str,
    subject_id: str,
    details_digest: str,
) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [previous_hash, moment, action, actor, subject_type, subject_id, details_digest]
    return sha256(canonical(parts)).hexdigest()
