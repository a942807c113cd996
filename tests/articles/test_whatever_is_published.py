"""No kept page differs from a fresh one, whatever happens at the desk."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.kept.keeping import _routes, addresses
from articles.kept.touched import Touched
from articles.kept.working_off import work_off
from articles.models import (
    Appeal,
    Article,
    Author,
    FrontStory,
    Listing,
    Policy,
    Section,
    Spotlight,
    Version,
)
from articles.prepared.frame import compose_frame
from articles.prepared.profiles import compose_profile
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish_update, retract
from articles.publishing.workflow import MoveRefused
from tests import cast as casting
from tests.conftest import THOROUGH
from tests.factories import make_byline, make_live, make_policy, make_retraction, make_section
from tests.kept_pages import editor, make_kept, url_of

STEPS = 150 if THOROUGH else 12


@pytest.fixture
def article(transactional_db, browser):
    return make_kept()


class Site:
    """A newsroom of a few stories, and everything that can change of its pages."""

    TAGS = ("Ice", "Ships", "Budget")

    def __init__(self, cast, pick):
        self.cast, self.pick = cast, pick
        self.sections = [make_section(name) for name in ("Harbour", "Schools")]
        self.stories = [self.make(number) for number in range(4)]
        self.policy = make_policy(cast.standards_editor, title="Funding")

    def make(self, number):
        return make_live(
            self.cast.editor,
            slug=f"story-{number}",
            headline=f"Story {number}",
            section=self.pick.choice(self.sections),
        )

    def step(self):
        way = self.pick.choice(
            [
                self.update,
                self.update,
                self.correct,
                self.retract,
                self.publish,
                self.frame,
                self.author,
                self.write_policy,
            ]
        )
        try:
            way(self.pick.choice(self.stories))
        except MoveRefused:
            return f"{way.__name__} (refused)"
        return way.__name__

    def words(self):
        return " ".join(self.pick.choices("harbour ice vote council pier rain".split(), k=4))  # noqa: SIM905

    def update(self, story):
        article = Article.objects.get(pk=story.pk)
        article.headline = self.words().capitalize()
        if self.pick.random() < 0.4:
            article.slug = f"{story.slug.split('--')[0]}--{self.pick.randrange(3)}"
        article.section = self.pick.choice(self.sections)
        article.save()
        article.tags.set(self.pick.sample(self.TAGS, self.pick.randrange(3)))
        if self.pick.random() < 0.3:
            article.bylines.all().delete()
            make_byline(article, self.pick.choice(["Maren Okafor", "Tom Brandt"]))
        publish_update(article, by=self.cast.editor, kind="development", note=self.words())

    def correct(self, story):
        word = self.pick.choice(story.live_version.headline.split())
        correct(story, [Replacement(word, self.words())], by=self.cast.editor, note=self.words())

    def retract(self, story):
        if self.pick.random() < 0.15:
            retract(make_retraction(story, self.cast.second_editor), by=self.cast.editor)

    def publish(self, story):
        self.stories.append(self.make(len(self.stories)))

    def frame(self, story):
        now = timezone.now()
        until = now + timedelta(days=1) if self.pick.random() < 0.5 else None
        model = self.pick.choice([Spotlight, Appeal, FrontStory, Section])
        if model is Appeal:
            Appeal.objects.create(heading=self.words(), line="Please", url="/", shown_until=until)
        elif model is Section:
            Section.objects.filter(pk=self.sections[1].pk).update(name=self.words().title())
        elif self.pick.random() < 0.3:
            model.objects.all().delete()
        else:
            model.objects.create(article=story, shown_until=until)
        compose_frame()

    def author(self, story):
        author = Author.objects.order_by("?").first()
        if author:
            author.bio = self.words()
            author.save()
            compose_profile(author)

    def write_policy(self, story):
        make_policy(self.cast.standards_editor, title="Funding", slug=self.policy.slug)
        compose_frame(Touched(policies=[self.policy.slug]))

    def addresses(self):
        """Every address that ever was, made of rows and not of the table."""
        found = {"/", "/feed/", "/feed/rss/", "/feed/json/", "/archive/", "/corrections/"}
        found |= {"/corrections/minor-edits/", "/corrections/feed/", "/standards/", "/sitemap.xml"}
        found |= {
            "/sitemap-pages.xml",
            "/robots.txt",
            "/api/",
            "/api/stories/",
            "/api/corrections/",
        }
        for version in Version.objects.all():
            url = version.get_absolute_url()
            found |= {url, f"{url}notebook/", f"{url}history/", url.rstrip("/") + ".json"}
            found |= {f"{url}history/{version.number}/", f"/api/stories/{version.article_id}/"}
            found |= {f"/section/{version.section_slug}/", f"/section/{version.section_slug}/feed/"}
            found |= {
                f"/archive/{version.published_on:%Y}/",
                f"/archive/{version.published_on:%Y/%m}/",
            }
            found.add(f"/sitemap-{version.published_on:%Y-%m}.xml")
        for kind, slug in Listing.objects.filter(kind__in=["tag", "author"]).values_list(
            "kind", "slug"
        ):
            start = "/tag/" if kind == "tag" else "/by/"
            found |= {f"{start}{slug}/", f"{start}{slug}/feed/", f"{start}{slug}/feed/json/"}
        for slug, key in Policy.objects.values_list("slug", "pk"):
            found |= {f"/standards/{slug}/", f"/standards/{slug}/{key}/"}
        return sorted(found)


@pytest.mark.django_db(transaction=True)
def test_no_kept_page_differs_from_a_fresh_one_whatever_is_published(browser):
    site = Site(casting.hire(), random.Random(14))
    work_off()
    seen, changed = {}, set()
    for number in range(STEPS):
        done = site.step()
        for path in site.addresses():
            kept, fresh = browser.get(path), browser.fresh(path)
            told = (number, done, path)
            assert (kept.status, kept.body) == (int(fresh.status.split()[0]), fresh.body), told
            if seen.get(path, kept.body) != kept.body:
                changed.add(path)
            seen[path] = kept.body
    # Most of them did change, and most were kept: the comparison has something to find.
    assert len(changed) > 20
    assert len(list(browser.layer.shelf.kept())) > 20


def test_the_comparison_finds_a_page_that_nobody_drops(article, browser, monkeypatch):
    monkeypatch.setattr("articles.kept.working_off.addresses", lambda touched: [])
    url = url_of(article)
    browser.get(url)
    correct(article, [Replacement("froze", "thawed")], by=editor(), note="It thawed.")
    assert browser.get(url).body != browser.fresh(url).body


def test_every_kept_view_says_which_addresses_a_change_touches(article):
    whole = Touched(
        articles=[1], addresses=[("2026-03-13", "ice")], versions=2, sections=["harbour"], tags=["ice"],
        authors=["maren-okafor"], months=[(2026, 3)], shown_on=[("2026-03-14", "ships")], policies=["funding"],
    )  # fmt: skip
    make_policy(editor(), title="Funding")
    found = set(addresses(whole))
    assert {"/", "/2026/03/13/ice/", "/2026/03/14/ships/", "/2026/03/13/ice/history/2/"} <= found
    assert {
        "/tag/ice/feed/json/",
        "/by/maren-okafor/",
        "/archive/2026/03/",
        "/standards/funding/",
    } <= found
    # Only what never changes but with a release is touched by nothing.
    silent = {name for name, keeps in _routes() if not list(keeps.touched(whole))}
    assert silent == {"articles:robots", "articles:api-root"}
