"""The public profiles of authors: composed into rows of their own, as accounts are not for readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ..kept.touched import Touched
from ..kept.working_off import touch
from ..models import Author, Listing, Profile, Version
from ..models.frame import lock_front
from ..record.public_files import AsPublished, put_out


@transaction.atomic
def compose_profile(author: Author) -> None:
    """Put before readers what the desk knows of an author, once they have a story there."""
    lock_front()
    # Behind the lock: what a colleague saved while this one waited is not lost.
    author.refresh_from_db()
    is_public = Listing.objects.filter(kind=Listing.Kind.AUTHOR, slug=author.slug).exists()
    if is_public and _compose([author]):
        touch(Touched(authors=[author.slug]))


def compose_profiles_of(version: Version) -> None:
    """The same for the authors of a version just listed. Whoever publishes holds the front already."""
    slugs = [byline["slug"] for byline in version.bylines]
    _compose(Author.objects.filter(slug__in=slugs).select_related("photo"))


def _compose(authors: Iterable[Author]) -> bool:
    """Write down what differs; did anything?"""
    said = {author.pk: _said(author) for author in authors}
    kept = {profile.author_id: profile for profile in Profile.objects.filter(author__in=said)}
    differs = False
    for key, (says, files) in said.items():
        profile = kept.get(key) or Profile(author_id=key)
        if profile.pk and all(getattr(profile, name) == value for name, value in says.items()):
            continue
        # Before the row that names them, in its transaction, like the files of a story.
        put_out(files.origins)
        for name, value in says.items():
            setattr(profile, name, value)
        profile.save()
        differs = True
    return differs


def _said(author: Author) -> tuple[dict[str, Any], AsPublished]:
    files = AsPublished()
    photo = files.photo(author.photo) if author.photo else None
    told = {name: getattr(author, name) for name in ("slug", "name", "title", "bio")}
    return told | {"photo": photo}, files
