import factory
from allauth.account.models import EmailAddress

from accounts.models import User

PASSWORD = "lantern-orchard-41"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A citizen whose address is confirmed; signs in with PASSWORD."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.cn")
    display_name = factory.Sequence(lambda n: f"市民{n}")

    @classmethod
    def _create(cls, model_class: type[User], *_args: object, **fields: object) -> User:
        password = str(fields.pop("password", PASSWORD))
        user = model_class.objects.create_user(str(fields.pop("email")), password, **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class OfficialFactory(UserFactory):
    is_staff = True
    display_name = factory.Sequence(lambda n: f"工作人员{n}")


class SuperuserFactory(OfficialFactory):
    is_superuser = True
