"""What readers find stories by, beside the public record. Made from live versions, and made anew at will."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..text.slugs import SlugField
from .article import Article
from .record import Version


class Listing(models.Model):
    """A live story under something that it has in common with others: a tag, an author, a source."""

    class Kind(models.TextChoices):
        TAG = "tag"
        AUTHOR = "author"
        SOURCE = "source"  # by name; nothing joins the stories of an anonymous one
        PLACE = "place"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="listings")
    kind = models.CharField(max_length=6, choices=Kind)
    slug = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    # The version's, once more: an index reaches into no other table.
    published_at = models.DateTimeField()
    # A story that is listed no more leaves its row: the address was public once.
    is_live = models.BooleanField(default=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "kind", "slug"], name="listed_once")
        ]
        indexes = [
            models.Index(
                # As `prepared/rivers.py` walks it: stories of one moment are parted by the key behind it.
                fields=["kind", "slug", "-published_at", "-version"],
                condition=Q(is_live=True),
                name="listed_by_time",
            ),
            # For an address that is asked for: what is listed no more is “gone”, and not “never
            # was”.
            models.Index(fields=["kind", "slug"], name="listed_ever"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"


class Relation(models.Model):
    """Another story that a story's readers may want, and how much the two have in common."""

    # A pair of stories is two rows, one for the page of each.
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ["-score", "-other_id"]
        constraints = [models.UniqueConstraint(fields=["article", "other"], name="related_once")]

    def __str__(self) -> str:
        return f"{self.article_id} with {self.other_id}"


class SearchEntry(models.Model):
    """The words of a live story. `articles/front/search.py` has the database index them."""

    # Grows with the time of publication, so that the newest come first without sorting.
    id = models.BigIntegerField(primary_key=True)
    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="+")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    words = models.TextField()
    labels = models.TextField(help_text="Section, tags and authors, a word for each.")

    class Meta:
        default_permissions = ()
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return self.title


class StoryPage(models.Model):
    """A live story's page as HTML, but for what stands around it: drawn at the door."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    published_on = models.DateField()
    slug = SlugField(max_length=120)
    head = models.TextField()
    main = models.TextField()
    card = models.TextField(default="", help_text="As it stands in lists.")
    teaser = models.TextField(
        default="", help_text="As the pages of related stories lead on to it."
    )
    # An entry of a feed, in three formats (`prepared/feed_entries.py`).
    atom = models.TextField(default="")
    rss = models.TextField(default="")
    json_feed = models.TextField(default="")
    is_related = models.BooleanField(
        default=False, help_text="Were related stories found since it was drawn?"
    )
    # Of the templates, settings and static files with which it was drawn.
    drawn_with = models.CharField(max_length=32)

    class Meta:
        default_permissions = ()
        constraints = [
            # It is also the index by which a reader's address is found.
            models.UniqueConstraint(fields=["slug", "published_on"], name="page_has_an_address")
        ]
        indexes = [
            models.Index(fields=["article"], condition=Q(is_related=False), name="not_related_yet")
        ]

    def __str__(self) -> str:
        return self.slug
