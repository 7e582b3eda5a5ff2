"""Government bodies, where their files can be read, and who serves in them."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.querysets import AgencyQuerySet
from agencies.rules.bodies import Kind, Level, Role, is_credit_code

PATH_LENGTH = 255
CODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z_.-]*\Z")


def validate_credit_code(value: str) -> None:
    if not is_credit_code(value):
        raise ValidationError(_("This is not a valid unified social credit code."), code="uscc")


class AgencyLevel(models.TextChoices):
    PROVINCE = Level.PROVINCE, _("province")
    CITY = Level.CITY, _("city")
    COUNTY = Level.COUNTY, _("county")
    TOWNSHIP = Level.TOWNSHIP, _("township")


class AgencyKind(models.TextChoices):
    GOVERNMENT = Kind.GOVERNMENT, _("government")
    DEPARTMENT = Kind.DEPARTMENT, _("department")
    VERTICAL = Kind.VERTICAL, _("vertically managed body")


class Agency(models.Model):
    """A body with the duty to disclose (Regulation Arts 2, 10, 54)."""

    code = models.CharField(
        _("code"), max_length=32, unique=True, validators=[RegexValidator(CODE)]
    )
    name = models.CharField(_("full name"), max_length=100, unique=True)
    short_name = models.CharField(_("short name"), max_length=50, blank=True)
    level = models.CharField(_("level"), max_length=16, choices=AgencyLevel)
    kind = models.CharField(_("kind"), max_length=16, choices=AgencyKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    # "/highest/…/own code/", set by services only. Collation C lets a prefix use the index.
    path = models.CharField(max_length=PATH_LENGTH, unique=True, editable=False, db_collation="C")
    division_code = models.CharField(
        _("division code"), max_length=12, blank=True, validators=[RegexValidator(r"^\d{6,12}$")]
    )
    uscc = models.CharField(
        _("unified social credit code"),
        max_length=18,
        blank=True,
        validators=[validate_credit_code],
    )
    functions = models.TextField(_("functions"), blank=True)
    head = models.CharField(_("head"), max_length=100, blank=True)

    # Disclosure guide, Regulation Art 12: what it holds and how to get it, and the work body.
    guide_classification = models.TextField(_("classification of information"), blank=True)
    guide_arrangement = models.TextField(_("arrangement"), blank=True)
    guide_access = models.TextField(_("ways of obtaining"), blank=True)
    guide_updated_on = models.DateField(_("guide updated on"), null=True, blank=True)
    work_body = models.CharField(_("work body"), max_length=100, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    office_hours = models.CharField(_("office hours"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    fax = models.CharField(_("fax"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    path__endswith=models.functions.Concat(
                        models.Value("/"), "code", models.Value("/")
                    )
                ),
                name="path_ends_in_code",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def ancestor_paths(self) -> list[str]:
        """The paths of the bodies over this one, the highest first."""
        parts = self.path.strip("/").split("/")[:-1]
        return ["/" + "/".join(parts[: end + 1]) + "/" for end in range(len(parts))]


class ReadingPlace(models.Model):
    """Where people can read what is public without a computer (Regulation Art 25)."""

    class Kind(models.TextChoices):
        ARCHIVE = "archive", _("archives")
        LIBRARY = "library", _("public library")
        SERVICE_HALL = "service_hall", _("government service venue")
        OTHER = "other", _("other")

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="reading_places", verbose_name=_("body")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    name = models.CharField(_("name"), max_length=100)
    address = models.CharField(_("address"), max_length=200)
    hours = models.CharField(_("opening hours"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("reading place")
        verbose_name_plural = _("reading places")
        ordering = ["agency", "id"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An official serves in a body in a role."""

    class Role(models.TextChoices):
        CLERK = Role.CLERK, _("clerk")
        REVIEWER = Role.REVIEWER, _("reviewer")
        APPROVER = Role.APPROVER, _("approver")
        SUPERVISOR = Role.SUPERVISOR, _("supervisor")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("official"),
    )
    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="memberships", verbose_name=_("body")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["agency", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role"], name="a_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.agency} · {self.get_role_display()}"
