"""What this app asks about bodies, which stand above it: each question is named in a setting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from notices.services.posting import Recipient


@dataclass(frozen=True, slots=True)
class People:
    """Who is told of what a body owes."""

    officials: tuple[Recipient, ...] = ()
    supervisors: tuple[Recipient, ...] = ()  # over it

    @property
    def nearest(self) -> tuple[Recipient, ...]:
        """A body in which nobody serves yet is looked after from above."""
        return self.officials or self.supervisors


def people_of(body_ids: Iterable[int]) -> Mapping[int, People]:
    """A handful of queries, however many bodies."""
    found: Mapping[int, People] = import_string(settings.PEOPLE_OF_BODIES)(list(body_ids))
    return found


def bodies_of(user: Any, *roles: str) -> Any:
    """A queryset of the bodies in which the person serves; supervisors reach beneath theirs."""
    return import_string(settings.BODIES_OF)(user, *roles)
