"""A story for machines: schema.org's NewsArticle in the page, and IPTC's ninjs 3.1 beside it."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from .body import plain_text
from .changes import LISTED
from .models import Update, Version

Data = dict[str, Any]


def as_news_article(version: Version) -> Data:
    """schema.org 30: NewsArticle, with every correction as a CorrectionComment."""
    url = f"{settings.SITE_URL}{version.get_absolute_url()}"
    article: Data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": version.headline,
        "description": version.deck,
        "datePublished": _moment(version.published_at),
        "dateModified": _moment(version.updated_at or version.published_at),
        "version": version.number,
        "author": [
            {"@type": "Person", "name": byline["name"]}
            for byline in version.bylines
            if byline["role"] == "by"
        ],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
            "correctionsPolicy": f"{settings.SITE_URL}/corrections/",
        },
        "articleSection": version.section_name,
        "keywords": version.tags,
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": change["note"],
                "datePublished": change["at"],
            }
            for change in version.changes
            if change["kind"] in LISTED
        ],
    }
    return {name: value for name, value in article.items() if value not in ("", [], None)}


def _moment(moment: Any) -> str:
    """With its offset, in the newsroom's time zone."""
    return timezone.localtime(moment).isoformat()


def as_script(data: Data) -> SafeString:
    """JSON that no text in it can close the script element with."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return mark_safe(text)  # noqa: S308  (escaped just now)


def as_ninjs(version: Version) -> Data:
    """IPTC ninjs 3.1. A retracted story is `canceled`."""
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
            {"role": "main", "value": version.headline},
            {"role": "deck", "value": version.deck},
        ],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(plain_text(version.body)),
                "value": plain_text(version.body),
            }
        ],
        "by": ", ".join(byline["name"] for byline in version.bylines),
        "located": version.dateline,
        "copyrightHolder": settings.SITE_NAME,
    }
    notes = [
        f"{change['label']}, {change['at']}: {change['note']}"
        for change in version.changes
        if change["kind"] != Update.Kind.MINOR
    ]
    if notes:
        story["edNote"] = "\n".join(notes)
    return {name: value for name, value in story.items() if value not in ("", [], None)}
