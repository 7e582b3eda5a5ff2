from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agencies.models import Agency, Membership
from agencies.services import bodies

if TYPE_CHECKING:  # the stubs are generic, the class is not
    AgencyModelForm = forms.ModelForm[Agency]
    MembershipModelForm = forms.ModelForm[Membership]
else:
    AgencyModelForm = MembershipModelForm = forms.ModelForm

IDENTITY = ("code", "name", "level", "kind", "parent")
PARTICULARS = tuple(bodies.Particulars.__annotations__)


class WebsiteField(forms.URLField):
    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", **options)


class AgencyForm(AgencyModelForm):
    """A body as its supervisor writes it down."""

    class Meta:
        model = Agency
        fields = (*IDENTITY, *PARTICULARS)
        field_classes: ClassVar = {"website": WebsiteField}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        code, level = cleaned.get("code", self.instance.code), cleaned.get("level")
        if code and level:
            known = Agency.objects.get(pk=self.instance.pk) if self.instance.pk else None
            parent = cleaned.get("parent", self.instance.parent)
            bodies.check_place(known, code=code, level=level, parent=parent)
        return cleaned


class AppointmentForm(MembershipModelForm):
    """The person is named by address: nobody needs the list of everybody with an account."""

    email = forms.EmailField(label=_("E-mail address of the official"))
    appointed_by: ClassVar[User | AnonymousUser | None] = None

    class Meta:
        model = Membership
        fields = ("agency", "role")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Who only typed somebody's address into the registration must not be given their role.
        confirmed = User.objects.filter(is_active=True, emailaddress__verified=True)
        user = confirmed.filter(email=cleaned.get("email", "").lower()).first()
        if user is None:
            raise forms.ValidationError(
                {"email": _("Nobody has registered with this address. They register first.")}
            )
        if user == self.appointed_by:
            raise forms.ValidationError({"email": _("Nobody appoints themselves.")})
        self.instance.user = user
        return cleaned
