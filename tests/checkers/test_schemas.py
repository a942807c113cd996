"""Sitemaps, and stories in ninjs, are what their published schemas ask for."""

import json

import pytest
from jsonschema import Draft202012Validator

from tests.newsrooms import NEWSROOMS, answers

from .sitemaps import NEWS, SITEMAP, mistakes

INDEX = f"""<sitemapindex xmlns="{SITEMAP}">
<sitemap><loc>https://news.example.org/sitemap-1.xml</loc><lastmod>2026-01-02</lastmod></sitemap>
</sitemapindex>"""
URLS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="{SITEMAP}" xmlns:n="{NEWS}"><url>
<loc>https://news.example.org/2026/01/02/ice/</loc><lastmod>2026-01-02T09:00:00+01:00</lastmod>
<n:news><n:publication><n:name>Courier</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2026-01-02T09:00:00+01:00</n:publication_date><n:title>Ice</n:title></n:news>
</url></urlset>"""


@pytest.mark.parametrize("sitemap", [INDEX, URLS])
def test_a_right_sitemap_is_right(shared, sitemap):
    assert mistakes(sitemap.encode(), shared / "schemas") == []


@pytest.mark.parametrize(
    ("sitemap", "right", "wrong", "said"),
    [
        (INDEX, "2026-01-02<", "yesterday<", "yesterday"),
        (URLS, "<n:language>en</n:language>", "", "language"),
        (URLS, "<lastmod>2026", "<lastmod>26", "lastmod"),
        (URLS, "<n:title>Ice</n:title>", "<n:headline>Ice</n:headline>", "headline"),
        (URLS, "<loc>https://news.example.org/2026/01/02/ice/</loc>", "", "loc"),
    ],
)
def test_a_wrong_sitemap_is_told(shared, sitemap, right, wrong, said):
    assert right in sitemap
    [first, *_] = mistakes(sitemap.replace(right, wrong).encode(), shared / "schemas")
    assert said in first


@pytest.mark.django_db
@pytest.mark.parametrize("newsroom", NEWSROOMS)
def test_every_sitemap_of_the_site_is_right(cast, client, shared, newsroom):
    found = answers(client, NEWSROOMS[newsroom](cast), "application/xml", "text/xml")
    for url, answer in found.items():
        assert mistakes(answer.content, shared / "schemas") == [], url


@pytest.mark.django_db
@pytest.mark.parametrize("newsroom", [name for name in NEWSROOMS if name != "empty"])
def test_every_story_is_right_ninjs(cast, client, shared, newsroom):
    schema = json.loads((shared / "schemas" / "ninjs-schema_3.1.json").read_text())
    version = NEWSROOMS[newsroom](cast)
    story = client.get(f"{version.get_absolute_url().rstrip('/')}.json").json()
    assert [error.message for error in Draft202012Validator(schema).iter_errors(story)] == []
