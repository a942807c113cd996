"""A story for machines: schema.org's NewsArticle in the page, and IPTC's ninjs 3.1 beside it."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from sources.positions import joined

from ..models import Update, Version
from ..record.changes import IN_CORRECTIONS
from ..record.telling import outcome_in_words, tally
from ..text import blocks
from ..text.contents import NotebookEntryTold
from .frame import PolicyLink

Data = dict[str, Any]


def as_organization(policies: list[PolicyLink]) -> Data:
    """schema.org 30: NewsMediaOrganization, with the policies that its editors wrote."""
    told = {
        **_publisher(),
        "@context": "https://schema.org",
        "publishingPrinciples": _address("standards"),
        "correctionsPolicy": _address("corrections"),
    }
    written = {each["purpose"]: _address("policy", each["slug"]) for each in policies}
    return told | {purpose: url for purpose, url in written.items() if purpose}


def _publisher() -> Data:
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{settings.SITE_URL}/#newsroom",
        "name": settings.SITE_NAME,
        "url": settings.SITE_URL,
    }


def _address(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(f'articles:{name}', args=args)}"


def as_news_article(version: Version) -> Data:
    """schema.org 30: NewsArticle, with every correction as a CorrectionComment."""
    url = f"{settings.SITE_URL}{version.get_absolute_url()}"
    article: Data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": version.title,
        "description": version.deck,
        "image": picture_addresses(version),
        "datePublished": _moment(version.published_at),
        "dateModified": _moment(version.updated_at or version.published_at),
        "version": version.number,
        "inLanguage": settings.LANGUAGE_CODE,
        "author": [
            {"@type": "Person", "name": byline["name"], "url": _address("author", byline["slug"])}
            for byline in version.bylines
            # To schema.org whoever edited or translated is no author.
            if byline["role"] == "by"
        ],
        "publisher": _publisher(),
        "publishingPrinciples": _address("standards"),
        "articleSection": version.section_name,
        "keywords": version.tags,
        "citation": [_citation(entry) for entry in version.notebook if entry["kind"] != "note"],
        "backstory": _backstory(version),
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": change.note,
                "datePublished": _moment(change.created_at),
            }
            for change in version.changes
            if change.change_kind in IN_CORRECTIONS
        ],
    }
    return {name: value for name, value in article.items() if value not in ("", [], None)}


def picture_addresses(version: Version) -> list[str]:
    """Of the lead photo, the largest first."""
    renditions = (version.lead_photo or {}).get("renditions", [])
    return [
        f"{settings.SITE_URL}{settings.MEDIA_URL}{each['jpeg']['name']}"
        for each in renditions[::-1]
    ]


def _citation(entry: NotebookEntryTold) -> Data:
    """A document, link, video or dataset of the notebook."""
    kinds = {"video": "VideoObject", "dataset": "Dataset"}
    file = entry["file"]
    url = f"{settings.SITE_URL}{settings.MEDIA_URL}{file['name']}" if file else entry["url"]
    return {"@type": kinds.get(entry["kind"], "CreativeWork"), "name": entry["title"], "url": url}


def _backstory(version: Version) -> str:
    """How the story is known: its sources, whom it asked, and the reporter's own notes."""
    told = [gettext("This story rests on %s.") % tally(version.sources)] if version.sources else []
    told += [
        f"{request['asked']}: {outcome_in_words(request)}." for request in version.comment_requests
    ]
    told += [entry["note"] for entry in version.notebook if entry["kind"] == "note"]
    return "\n".join(told)


def _moment(moment: Any) -> str:
    """With its offset, in the newsroom's time zone."""
    return timezone.localtime(moment).isoformat()


def as_script(data: Data) -> SafeString:
    """JSON that no text in it can close the script element with."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return mark_safe(text)  # noqa: S308  (escaped just now)


def as_ninjs(version: Version) -> Data:
    """IPTC ninjs 3.1. A retracted story is `canceled`."""
    text = blocks.text(version.body)
    story: Data = {
        "uri": f"{settings.SITE_URL}{version.get_absolute_url()}",
        "type": "text",
        "representationType": "full",
        "profile": "text",
        "version": str(version.number),
        "versionCreated": _moment(version.created_at),
        "firstCreated": _moment(version.published_at),
        "pubStatus": "canceled" if version.is_retracted else "usable",
        "language": settings.LANGUAGE_CODE,
        "headlines": [
            {"role": "main", "value": version.title},
            {"role": "deck", "value": version.deck},
        ],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(text),
                "value": text,
            }
        ],
        "by": joined(byline["name"] for byline in version.bylines),
        "located": version.dateline,
        "copyrightHolder": settings.SITE_NAME,
    }
    notes = [
        f"{change.label}, {_moment(change.created_at)}: {change.note}"
        for change in version.changes
        if change.change_kind != Update.Kind.MINOR
    ]
    if notes:
        story["edNote"] = "\n".join(notes)
    return {name: value for name, value in story.items() if value not in ("", [], None)}
