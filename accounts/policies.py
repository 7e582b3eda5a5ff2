"""Who may enter the desk."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.module_loading import import_string

from accounts.models import User


def may_enter_desk(user: User | AnonymousUser) -> bool:
    """An official who serves somewhere: with the last role the desk closes by itself."""
    if not isinstance(user, User) or not (user.is_active and user.is_staff):
        return False
    return user.is_superuser or bool(import_string(settings.SERVES_SOMEWHERE)(user))
