import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User
from agencies.models import Agency
from tests.factories.agencies import AgencyFactory


@pytest.mark.django_db
def test_it_is_refused_where_a_real_body_is(settings: Settings) -> None:
    settings.SITE = {**settings.SITE, "demonstration": True}
    AgencyFactory(name="某省人民政府")
    with pytest.raises(CommandError, match="某省人民政府"):
        call_command("demo")
    assert not User.objects.exists()
    assert Agency.objects.count() == 1


@pytest.mark.django_db
def test_it_is_refused_where_the_portal_is_not_marked_as_a_demonstration(
    settings: Settings,
) -> None:
    """Its password is published; a real portal must never know it."""
    settings.SITE = {**settings.SITE, "demonstration": False}
    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("demo")
    assert not User.objects.exists()
    assert not Agency.objects.exists()
