"""The public profiles of authors: composed into rows of their own, as accounts are not for readers."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ..models import Author, Listing, Profile, Version
from ..models.frame import lock_front
from ..record.public_files import AsPublished, put_out


@transaction.atomic
def compose_profile(author: Author) -> None:
    """Put before readers what the desk knows of an author, once they have a story there."""
    lock_front()
    author.refresh_from_db()
    if not Listing.objects.filter(kind=Listing.Kind.AUTHOR, slug=author.slug).exists():
        return
    files = AsPublished()
    said = {
        "slug": author.slug,
        "name": author.name,
        "title": author.title,
        "bio": author.bio,
        "photo": files.photo(author.photo) if author.photo else None,
    }
    if Profile.objects.filter(author=author).values(*said).first() == said:
        return
    put_out(files.origins)
    Profile.objects.update_or_create(
        author=author, defaults={**said, "composed_at": timezone.now()}
    )


def compose_profiles_of(version: Version) -> None:
    for author in Author.objects.filter(slug__in=[byline["slug"] for byline in version.bylines]):
        compose_profile(author)
