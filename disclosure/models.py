"""The catalogue: what is public, under which number, in which class."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from disclosure.querysets import DocumentQuerySet
from disclosure.rules.vocabulary import STATUTORY_ITEMS, Column, Genre, Publicity, Validity


class DocumentGenre(models.TextChoices):
    RESOLUTION = Genre.RESOLUTION, _("resolution")
    DECISION = Genre.DECISION, _("decision")
    ORDER = Genre.ORDER, _("order")
    COMMUNIQUE = Genre.COMMUNIQUE, _("communiqué")
    ANNOUNCEMENT = Genre.ANNOUNCEMENT, _("announcement")
    PUBLIC_NOTICE = Genre.PUBLIC_NOTICE, _("public notice")
    OPINION = Genre.OPINION, _("opinion")
    NOTICE = Genre.NOTICE, _("notice")
    CIRCULAR = Genre.CIRCULAR, _("circular")
    REPORT = Genre.REPORT, _("report")
    REQUEST = Genre.REQUEST, _("request for instructions")
    REPLY = Genre.REPLY, _("official reply")
    PROPOSAL = Genre.PROPOSAL, _("proposal")
    LETTER = Genre.LETTER, _("letter")
    MINUTES = Genre.MINUTES, _("minutes")
    OTHER = Genre.OTHER, _("other genre")


class DocumentValidity(models.TextChoices):
    VALID = Validity.VALID, _("in force")
    PARTLY_INVALID = Validity.PARTLY_INVALID, _("partly no longer in force")
    AMENDED = Validity.AMENDED, _("amended")
    REPEALED = Validity.REPEALED, _("repealed")
    EXPIRED = Validity.EXPIRED, _("expired")


class DocumentPublicity(models.TextChoices):
    PROACTIVE = Publicity.PROACTIVE, _("disclosed proactively")
    ON_APPLICATION = Publicity.ON_APPLICATION, _("disclosed on application")
    WITHHELD = Publicity.WITHHELD, _("not disclosed")


class DocumentColumn(models.TextChoices):
    INSTITUTIONAL = Column.INSTITUTIONAL, _("Disclosure rules and procedures")
    STATUTORY = Column.STATUTORY, _("Statutory proactive disclosure")
    ANNUAL_REPORT = Column.ANNUAL_REPORT, _("Annual disclosure reports")


class Topic(models.Model):
    """A class of the State Council's topic classification; the 22 have no parent."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=50)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["code"]

    def __str__(self) -> str:
        r"""Written `一级\二级`, as catalogues do."""
        return f"{self.parent.name}\\{self.name}" if self.parent else self.name

    def get_absolute_url(self) -> str:
        return reverse("disclosure:topic", args=[self.code])


class Document(models.Model):
    """One piece of government information (Regulation Art 2) with its catalogue metadata."""

    index_number = models.CharField(_("index number"), max_length=64, unique=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="documents", verbose_name=_("issuing body")
    )
    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("topic"),
    )
    column = models.CharField(
        _("column"), max_length=16, choices=DocumentColumn, default=Column.STATUTORY
    )
    # Which item of Regulation Art 20 it discloses; null: not sorted yet, or of another column.
    statutory_item = models.PositiveSmallIntegerField(_("statutory item"), null=True, blank=True)
    genre = models.CharField(_("genre"), max_length=16, choices=DocumentGenre, default=Genre.OTHER)
    title = models.CharField(_("title"), max_length=500)
    summary = models.TextField(_("summary"), blank=True)
    keywords = models.CharField(_("keywords"), max_length=200, blank=True)
    source = models.CharField(_("source of information"), max_length=200, blank=True)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    # Brackets, width and script folded away, so that any way of typing it finds it.
    document_number_key = models.CharField(
        max_length=100, blank=True, db_index=True, editable=False
    )

    issued_on = models.DateField(
        _("date issued"), null=True, blank=True
    )  # null: undated in its source
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    expires_on = models.DateField(_("in force until"), null=True, blank=True)
    validity = models.CharField(
        _("validity"), max_length=16, choices=DocumentValidity, default=Validity.VALID
    )
    publicity = models.CharField(
        _("publicity"), max_length=16, choices=DocumentPublicity, default=Publicity.PROACTIVE
    )
    publicity_reason = models.TextField(_("reason for not disclosing"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)  # null: a draft

    body_html = models.TextField(_("text"), blank=True)
    body_text = models.TextField(editable=False, blank=True)
    original = models.TextField(editable=False, blank=True)  # as it came, before any cleaning
    interprets = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="interpretations",
        verbose_name=_("interprets"),
    )

    # What the importer knows it by, and a digest of what it last brought; null: not imported.
    import_key = models.CharField(max_length=200, unique=True, null=True, editable=False)  # noqa: DJ001
    import_digest = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="newest_documents"),
            models.Index(fields=["agency", "-published_at", "-id"], name="newest_of_agency"),
            models.Index(fields=["topic", "-published_at", "-id"], name="newest_of_topic"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(statutory_item__in=list(STATUTORY_ITEMS))
                | models.Q(statutory_item__isnull=True),
                name="item_of_article_20",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True)
                | models.Q(publicity=Publicity.PROACTIVE),
                name="only_proactive_is_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("disclosure:document", args=[self.index_number])


class Attachment(models.Model):
    """A file that belongs to a document; kept as it came, served by permission only."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="attachments", verbose_name=_("document")
    )
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to="attachments/%Y/%m", max_length=255)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(_("type"), max_length=100)
    text = models.TextField(editable=False, blank=True)  # extracted, for search

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["document", "sha256"], name="a_file_once")]

    def __str__(self) -> str:
        return self.name


class IndexSeries(models.Model):
    """The next serial of a body in a period. Taken under a lock, never given twice."""

    agency = models.ForeignKey(Agency, models.CASCADE)
    period = models.CharField(max_length=8)  # "2026", or "202611" where the pattern says month
    next_serial = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "period"], name="a_series_once")]

    def __str__(self) -> str:
        return f"{self.agency} {self.period}: {self.next_serial}"
