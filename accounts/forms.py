"""The shape of what people type about themselves."""

import re
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, SignupForm
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User

# Mobile, landline, extension, other countries: loose on purpose, people know their number.
PHONE = re.compile(r"^\+?[0-9][0-9 ()\-]{4,24}(?:(?:转|ext\.?|x)\s?[0-9]{1,6})?$", re.IGNORECASE)
NUMERIC = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input otp"}


class PhoneField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Phone"),
            help_text=_("Only used about your applications."),
            required=False,
            max_length=32,
            validators=[RegexValidator(PHONE, _("Write a phone number, such as 13800000000."))],
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            **options,
        )


class NameField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=pgettext_lazy("person", "Name"),
            required=False,
            max_length=100,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            **options,
        )


class SignUpForm(SignupForm):
    """The adapter saves the name and the phone number with the rest."""

    display_name = NameField()
    phone = PhoneField()
    field_order = ("email", "password1", "password2", "display_name", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("We send a link there to confirm it.")
        self.fields["password1"].help_text = _("At least 10 characters, not only digits.")
        self.fields["password2"].label = _("Password again")


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = _("You may paste it.")


class ActivateAuthenticatorForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The 6 digits of the authenticator")
        self.fields["code"].widget.attrs.update(NUMERIC)


def limit_guesses(user: User) -> Callable[[], None]:
    """What forgets the guesses again. Raises ValidationError: too many, from wherever.

    Allauth counts by person only where sign-ins are limited by name, which here they are not.
    """
    request, key = context.request, f"user-{user.pk}"
    if not ratelimit.consume(request, action="second_factor", key=key):
        raise get_adapter().validation_error("too_many_login_attempts")
    return lambda: ratelimit.clear(request, action="second_factor", key=key)


class SecondFactorForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The 6 digits of the authenticator")
        self.fields["code"].help_text = _("Without it, type one of your recovery codes.")
        self.fields["code"].widget.attrs.update(NUMERIC)

    def clean_code(self) -> str:
        forget = limit_guesses(self.user)
        code: str = super().clean_code()
        forget()
        return code


class SecondFactorAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The 6 digits of the authenticator")
        self.fields["code"].widget.attrs.update(NUMERIC)

    def clean_code(self) -> str:
        forget = limit_guesses(self.user)
        code: str = super().clean_code()
        forget()
        return code


class ParticularsForm(forms.Form):
    display_name = NameField()
    phone = PhoneField()


class ClosingForm(forms.Form):
    """Closing cannot be undone, so it asks for the password."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("The password is wrong."))
        return password
