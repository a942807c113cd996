"""Photos, the reporter's notebook, and public files on their way to readers."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..media.notebook_files import TABLES, read_file, refuse_type, refuse_unreadable
from ..media.pictures import CARD, cut
from ..stages import IN_EDITORS_HANDS, UNDER_WAY, Stage
from ..text.body import photo_keys, photo_tag, read
from .article import SEES_EVERY_STORY, Article, ArticleQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

_share = [MinValueValidator(0), MaxValueValidator(1)]


LONGEST_SHAPE = 4  # times as long as it is narrow, beyond which a picture is a strip


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: User | AnonymousUser) -> PhotoQuerySet:
        """All but those of stories under embargo that are not theirs; whoever brought one in sees it."""
        if user.has_perm(SEES_EVERY_STORY):
            return self
        if not user.is_authenticated:
            return self.none()
        held = Article.objects.filter(embargoed_until__gt=timezone.now(), stage__in=UNDER_WAY)
        theirs = Article.objects.visible_to(user).values("pk")
        hidden: set[int] = set()
        for body, lead in held.exclude(pk__in=theirs).values_list("body", "lead_photo"):
            hidden |= {*photo_keys(read(body)), lead or 0}
        if not hidden:
            return self
        # A photo that stands elsewhere too is nothing that the embargo keeps.
        elsewhere = Article.objects.filter(Q(stage=Stage.PUBLISHED) | Q(pk__in=theirs))
        at_heads = elsewhere.filter(lead_photo__in=hidden).values_list("lead_photo", flat=True)
        hidden -= set(at_heads)
        hidden -= {
            key for key in hidden if elsewhere.filter(body__contains=photo_tag(key)).exists()
        }
        return self.exclude(Q(pk__in=hidden), ~Q(uploaded_by=user))

    def lacking(self) -> PhotoQuerySet:
        """Those of which somebody has to say something before readers may see them."""
        return self.filter(Q(alt="") | Q(credit=""))

    def over(self) -> PhotoQuerySet:
        """Those whose last day has passed."""
        return self.filter(usable_until__lt=timezone.localdate())


class Photo(models.Model):
    """A picture rebuilt from its pixels; the uploaded file itself is never kept."""

    file = models.ImageField(
        upload_to="photos/%Y/%m/", width_field="width", height_field="height", max_length=200
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    caption = models.CharField(max_length=500, blank=True)
    # Brought in many at once, photos may still lack what nobody has said of them: `photo-incomplete`
    # keeps those from readers.
    credit = models.CharField(max_length=160, blank=True)
    alt = models.CharField(
        "alternative text",
        max_length=500,
        blank=True,
        help_text="What the picture shows, for a reader who cannot see it.",
    )
    usable_until = models.DateField(
        null=True,
        blank=True,
        help_text="The last day on which it may be published. Empty: for good.",
    )
    usable_for = models.CharField(
        max_length=200, blank=True, help_text="What was agreed: “one story, with the exhibition”."
    )
    focal_x = models.FloatField(
        "focal point, from the left", default=0.5, validators=_share, help_text="0 to 1"
    )
    focal_y = models.FloatField(
        "focal point, from the top", default=0.5, validators=_share, help_text="0 to 1"
    )
    # What it is shown by, cut whenever the file or the focal point changes, and what it was cut from.
    shown = models.JSONField(default=dict, editable=False)
    shown_of = models.JSONField(default=list, editable=False)
    # SHA-256 of the file as it was uploaded: an importer knows a picture that it brought before.
    upload_digest = models.CharField(max_length=64, editable=False, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                name="photo_focal_point_is_inside",
                condition=Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
                violation_error_message="The focal point lies between 0 and 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.alt or f"Photo {self.pk}"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Its renditions follow the file and the focal point: the door finds them cut."""
        super().save(*args, **kwargs)
        # After the first save: only then has the file its name, and can be read again.
        of = [self.file.name, self.focal_x, self.focal_y]
        if self.shown_of != of:
            with self.file.open("rb") as file:
                # What cannot be cut undoes the save: no photo is without its renditions.
                self.shown, self.shown_of = cut(file, (self.focal_x, self.focal_y)), of
            super().save(update_fields=["shown", "shown_of"])

    @property
    def lacks(self) -> list[str]:
        """What somebody has to say of it before readers may see it."""
        wanted = {"alternative text": self.alt, "credit": self.credit}
        return [name for name, said in wanted.items() if not said.strip()]

    @property
    def doubt(self) -> str:
        """Why it may look bad wherever it is shown, in words; empty where nothing is to be feared."""
        size, (wide, high) = f"{self.width} × {self.height}", CARD
        if max(self.width, self.height) > LONGEST_SHAPE * min(self.width, self.height):
            return f"A strip ({size}): cards show a small part of it"
        if self.width < wide or self.height < high:
            return f"Small ({size}): it is blurred where it is shown larger"
        return ""

    @property
    def is_over(self) -> bool:
        """Has its last day passed?"""
        return self.usable_until is not None and self.usable_until < timezone.localdate()

    @property
    def thumbnail_url(self) -> str:
        """Of its smallest rendition, on the desk; another address for another picture."""
        path = reverse("admin:articles_photo_thumbnail", args=[self.pk])
        return f"{path}?{self.shown['renditions'][0]['webp']['digest'][:12]}"

    def is_in_editors_hands(self) -> bool:
        """Does a story show it that has left its reporter's hands and is not yet out?"""
        shown = Q(lead_photo=self) | Q(pk__in=self.stories_around())
        return Article.objects.filter(shown, stage__in=IN_EDITORS_HANDS).exists()

    def stories_around(self) -> ArticleQuerySet:
        """The stories that have it in their text."""
        # A clean body writes the element in one way alone, and the mark behind the key ends it: 12
        # is not found in 123.
        return Article.objects.filter(body__contains=photo_tag(self.pk))


DOCUMENT_TYPES = [
    *("pdf", "csv", "tsv", "txt", "json", "xlsx", "ods", "docx", "odt"),
    *("jpg", "jpeg", "png", "webp", "heic", "heif", "avif", "mp4"),
]


def own_folder(entry: NotebookEntry, name: str) -> str:
    """A folder of its own for each file, so that it keeps its name."""
    return f"notebook/{uuid4().hex}/{name}"


class NotebookEntry(models.Model):
    """Something that readers are shown under “Inside our reporter’s notebook”."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("document")
        LINK = "link", _("link")
        VIDEO = "video", _("video")
        DATASET = "dataset", _("dataset")
        NOTE = "note", _("note")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notebook")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOTE)
    title = models.CharField(max_length=200)
    url = models.URLField("web address", blank=True, max_length=500)
    file = models.FileField(
        upload_to=own_folder,
        blank=True,
        max_length=200,
        validators=[FileExtensionValidator(DOCUMENT_TYPES)],
    )
    # What readers get of the file, read when it is uploaded, and the name of the file that was read.
    shown = models.JSONField(default=dict, editable=False)
    shown_of = models.CharField(max_length=200, blank=True, editable=False)
    note = models.TextField(blank=True, help_text="The reporter's own words on it.")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name_plural = "notebook entries"

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """What readers get of its file is read when the file changes: the door only copies."""
        super().save(*args, **kwargs)
        # Each upload has a name of its own (`own_folder()`), so another name is another file.
        if self.shown_of != (self.file.name or ""):
            self.shown, self.shown_of = {}, self.file.name or ""
            if self.file:
                with self.file.open("rb") as file:
                    self.shown = read_file(file, self.shown_of)
            super().save(update_fields=["shown", "shown_of"])

    def clean(self) -> None:
        # `packages/format.py` asks the same of an entry that comes in a package.
        if self.kind == self.Kind.NOTE and not self.note:
            raise ValidationError({"note": "Write the note."})
        if self.kind != self.Kind.NOTE and not (self.url or self.file):
            raise ValidationError("Give its web address, or upload it.")


class Upload(models.Model):
    """A file for a notebook that came by itself, kept and read: it waits until its entry is saved."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="uploads")
    file = models.FileField(upload_to=own_folder, max_length=200)
    shown = models.JSONField(default=dict, help_text="As of an entry.")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return PurePath(str(self.file.name)).name

    @property
    def is_table(self) -> bool:
        return self.name.lower().endswith(TABLES)

    @classmethod
    def take(cls, article: Article, sent: UploadedFile[Any]) -> Self:
        """Keep a file that was sent, if readers can open it. Raises `ValidationError` and `OSError`."""
        refuse_type(sent.name or "", DOCUMENT_TYPES)
        assert sent.file is not None  # noqa: S101  (Django has just received it)
        refuse_unreadable(sent.file, sent.name or "", sent.size or 0)
        sent.seek(0)
        upload = cls(article=article)
        upload.file.save(sent.name or "file", sent, save=False)
        try:
            upload.read()
            if refused := upload.shown.get("refused"):
                raise ValidationError(refused)
            upload.save()
        except BaseException:
            upload.file.delete(save=False)
            raise
        return upload

    def read(self) -> None:
        """What readers get of it."""
        with self.file.open("rb") as file:
            self.shown = read_file(file, str(self.file.name))


# A signal, since whatever takes a story takes what is on its way to it.
@receiver(post_delete, sender=Upload)
def take_upload_from_disk(instance: Upload, **kwargs: Any) -> None:
    name, storage = str(instance.file.name), instance.file.storage
    # An entry that was saved has taken its file over.
    if not NotebookEntry.objects.filter(file=name).exists():
        transaction.on_commit(lambda: storage.delete(name))


class PendingFile(models.Model):
    """A file that a published version names and that may not be in the public folder yet.

    The row is gone as soon as the file is there; `articles/record/public_files.py` sees to that.
    """

    name = models.CharField(max_length=120, unique=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    origin = models.CharField(max_length=200, help_text="Its name in the desk's own folder.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
