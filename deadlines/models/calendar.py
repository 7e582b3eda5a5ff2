"""The calendar as dated rows, each with the notice it comes from and the versions it holds in."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from deadlines.querysets import VersionedQuerySet
from deadlines.rules.calendar import FIRST_YEAR, LAST_YEAR, DayKind

REGION = RegexValidator(r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})?\Z")


class SpecialDayKind(models.TextChoices):
    OFF = DayKind.OFF, _("day off")
    MAKE_UP = DayKind.MAKE_UP, _("worked to make up")


class Revision(models.Model):
    """One change of what dates are computed from. Its key is the version of the calendar."""

    class Kind(models.TextChoices):
        HOLIDAY_NOTICE = "holiday_notice", _("holiday notice of a year")
        CLOSURE = "closure", _("local days off")
        WITHDRAWAL = "withdrawal", _("a year's notice withdrawn")
        LOCAL_TERM = "local_term", _("term of a local rule")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    # "": the whole country; else a division code without the zeros at its end (15: 内蒙古).
    region = models.CharField(_("region"), max_length=12, blank=True, validators=[REGION])
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,  # null: it settles no year
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("document number"), max_length=100, blank=True)
    published_on = models.DateField(_("date published"), null=True, blank=True)  # null: not known
    entered_at = models.DateTimeField(_("entered"))
    entered_by = models.CharField(_("entered by"), max_length=200)

    class Meta:
        verbose_name = _("revision of the calendar")
        verbose_name_plural = _("calendar")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["closure", "local_term"])
                | models.Q(year__isnull=False, region=""),
                name="a_notice_settles_a_year_for_all",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title


class Versioned(models.Model):
    """A row that holds from one revision on, and until another replaced it."""

    since = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("since"))
    until = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,  # null: it still holds
        blank=True,
        related_name="+",
        verbose_name=_("until"),
    )

    objects = VersionedQuerySet.as_manager()

    class Meta:
        abstract = True


class CalendarDay(Versioned):
    """A day that is off or worked although the day of the week says otherwise."""

    region = models.CharField(_("region"), max_length=12, blank=True)
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=8, choices=SpecialDayKind)
    name = models.CharField(_("holiday"), max_length=50)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["day", "region"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "day"],
                condition=models.Q(until__isnull=True),
                name="a_day_means_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name} {self.get_kind_display()}"


class LocalTerm(Versioned):
    """What a local rule sets in place of the table's term, for what is received from a day on."""

    rule = models.CharField(_("rule"), max_length=32)
    region = models.CharField(_("region"), max_length=12, blank=True, validators=[REGION])
    effective_from = models.DateField(_("in force from"))
    # In the rule's own unit; 0 with a date of the year.
    length = models.PositiveSmallIntegerField(_("length"), default=0)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    basis = models.CharField(_("local text that sets it"), max_length=200)

    class Meta:
        verbose_name = _("term of a local rule")
        verbose_name_plural = _("terms of local rules")
        ordering = ["rule", "region", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "region", "effective_from"],
                condition=models.Q(until__isnull=True),
                name="a_local_term_once",
            ),
            models.CheckConstraint(
                condition=models.Q(length__gt=0, month__isnull=True, day__isnull=True)
                | models.Q(length=0, month__isnull=False, day__isnull=False),
                name="a_length_or_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.region} {self.effective_from}"
