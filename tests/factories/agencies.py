from typing import Any

import factory
from django.utils import timezone

from agencies.models import Agency, Membership, ReadingPlace
from agencies.rules.bodies import Kind, Level, Role
from agencies.services import bodies
from tests.factories.accounts import OfficialFactory


class AgencyFactory(factory.django.DjangoModelFactory[Agency]):
    """Registered as everywhere else, so that paths are right: AgencyFactory(parent=province)."""

    class Meta:
        model = Agency

    code = factory.Sequence(lambda n: f"B{n:05d}")
    name = factory.LazyAttribute(lambda agency: f"机关{agency.code}")
    level = Level.PROVINCE
    kind = Kind.GOVERNMENT
    parent = None

    @classmethod
    def _create(cls, _model: type[Agency], *_args: object, **fields: Any) -> Agency:
        return bodies.register(at=timezone.now(), actor="test", **fields)


class ReadingPlaceFactory(factory.django.DjangoModelFactory[ReadingPlace]):
    class Meta:
        model = ReadingPlace

    agency = factory.SubFactory(AgencyFactory)
    kind = ReadingPlace.Kind.LIBRARY
    name = factory.Sequence(lambda n: f"第{n}图书馆")
    address = "文澜路1号"


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(OfficialFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = Role.CLERK
