"""The lists that readers go through, what stands around them, and how caches are answered."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.front.paging import page_of
from articles.kept.fingerprint import fingerprint
from articles.models import (
    Appeal,
    Article,
    Author,
    FrontStory,
    Listing,
    Policy,
    Profile,
    Purge,
    Relation,
    SearchEntry,
    Spotlight,
    StoryPage,
    Update,
    Version,
)
from articles.prepared.frame import compose_frame
from articles.prepared.profiles import compose_profile
from articles.prepared.relations import KEPT
from articles.publishing.door import publish, publish_update, retract
from articles.record.public_files import sweep
from tests.articles.test_front import front_pages
from tests.corpus import add_stories
from tests.factories import (
    approve,
    make_article,
    make_byline,
    make_interview,
    make_live,
    make_photo,
    make_policy,
    make_retraction,
    make_section,
    make_source,
    relate_all,
)

pytestmark = pytest.mark.django_db


def make_tagged(editor, *tags, byline="Maren Okafor", **fields):
    article = make_article(**fields)
    article.tags.add(*tags)
    make_byline(article, byline)
    publish(approve(article, editor), by=editor)
    return article


def headlines(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = answer.content.decode()
    return re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a></h2>", page)


def older(client, address):
    page = client.get(address).content.decode()
    found = re.search(r'class="older"[^>]*href="([^"]*)"', page)
    return found and address.split("?")[0] + found[1].replace("&amp;", "&")


# --- Lists


@pytest.mark.parametrize(
    "address", ["/", "/section/harbour/", "/tag/ice/", "/by/maren-okafor/", "/archive/2026/01/"]
)
def test_paging_shows_every_story_once_and_newcomers_move_nothing(cast, client, address):
    model = make_tagged(cast.editor, "Ice").live_version
    model.published_at = datetime(2026, 1, 31, 12, tzinfo=UTC)
    add_stories(model, 130)
    seen, at, came = [], address, False
    while at:
        seen += headlines(client, at)
        at = older(client, at)
        if not came:
            came = make_tagged(cast.editor, "Ice", headline="Breaking")
    everything = headlines(client, f"{address}?before={'9' * 17}-1")
    assert everything
    assert "Breaking" not in seen
    live = {
        "/": lambda v: True,
        "/section/harbour/": lambda v: v.section_slug == "harbour",
        "/tag/ice/": lambda v: "Ice" in v.tags,
        "/by/maren-okafor/": lambda v: True,
        "/archive/2026/01/": lambda v: (
            timezone.localtime(v.published_at).year == 2026
            and timezone.localtime(v.published_at).month == 1
        ),
    }[address]
    expected = [v for v in model._meta.model.objects.live() if v.headline != "Breaking" and live(v)]
    assert sorted(seen) == sorted(v.headline for v in expected)


def test_stories_of_one_moment_are_each_listed_once(cast, client):
    model = make_tagged(cast.editor, "Ice").live_version
    add_stories(model, 60, apart=timedelta(0))
    seen, at = [], "/"
    while at:
        seen += headlines(client, at)
        at = older(client, at)
    newest_first = Version.objects.filter(published_at=model.published_at).order_by("-pk")
    assert seen == [version.headline for version in newest_first]
    assert len(seen) == 61


def test_rows_of_one_moment_are_parted_by_their_key(cast):
    model = make_tagged(cast.editor, "Ice").live_version
    add_stories(model, 40, apart=timedelta(0))
    newest_first = Version.objects.filter(listings__slug="ice").order_by("-pk")
    seen, cursor, is_last = [], None, False
    while not is_last:
        page = page_of(Listing.objects.filter(name="Ice"), cursor, 3, key="version_id")
        seen += [row.version_id for row in page.rows]
        cursor, is_last = page.older, page.older is None
    assert seen == list(newest_first.values_list("pk", flat=True))
    assert len(seen) == 11


def test_a_tag_in_any_script_has_a_page_and_one_without_letters_has_none(cast, client):
    article = make_tagged(cast.editor, "Sea & Ice", "ميناء", "!!!", "C++")
    page = client.get(article.live_version.get_absolute_url()).content.decode()
    assert '<a href="/tag/sea-ice/" rel="tag">Sea &amp; Ice</a>' in page
    assert "<li>!!!</li>" in page
    assert headlines(client, "/tag/ميناء/") == headlines(client, "/tag/c/") == [article.headline]


def test_a_tag_that_no_story_carries_any_more_is_gone(cast, client):
    article = make_tagged(cast.editor, "Ice")
    assert client.get("/tag/ice/").status_code == 200
    article.tags.set(["Snow"])
    publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Snow.")
    answer = client.get("/tag/ice/")
    assert answer.status_code == 410
    assert "not here any more" in answer.content.decode()
    assert client.get("/tag/snow/").status_code == 200
    assert client.get("/tag/never/").status_code == 404
    assert client.get("/tag/ice/feed/").status_code == 404


def test_an_author_has_a_profile_once_a_story_is_public(cast, client):
    draft = make_article()
    make_byline(draft, "Noor Vos")
    author = Author.objects.get()
    assert client.get("/by/noor-vos/").status_code == 404
    author.title, author.bio, author.photo = "Harbour reporter", "Noor <i>\n\nVos", make_photo()
    author.save()
    publish(approve(draft, cast.editor), by=cast.editor)
    page = client.get("/by/noor-vos/").content.decode()
    for shown in ("Harbour reporter", "Noor &lt;i&gt;", "<picture", draft.headline):
        assert shown in page
    client.force_login(cast.editor)
    form = f"/desk/articles/author/{author.pk}/change/"
    sent = {"name": "Noor Vos", "title": "Editor at large", "bio": "", "photo": "", "user": ""}
    assert client.post(form, sent).status_code == 302
    page = client.get("/by/noor-vos/").content.decode()
    assert "Editor at large" in page
    assert "Harbour reporter" not in page


@pytest.mark.parametrize("has_photo", [True, False])
def test_a_profile_that_says_the_same_is_not_composed_again(cast, has_photo):
    article = make_article()
    make_byline(article, "Noor Vos")
    author = Author.objects.get()
    author.photo = make_photo() if has_photo else None
    author.save()
    publish(approve(article, cast.editor), by=cast.editor)
    before = Purge.objects.latest("pk")
    compose_profile(author)
    assert Purge.objects.latest("pk") == before
    author.title = "Editor at large"
    author.save()
    compose_profile(author)
    assert Purge.objects.latest("pk").touched["authors"] == ["noor-vos"]
    assert Profile.objects.get().title == "Editor at large"


def test_the_archive_knows_years_and_months_in_the_newsrooms_time(cast, client, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    timezone.get_default_timezone.cache_clear()
    model = make_live(cast.editor).live_version
    for seed, moment in enumerate(
        (datetime(1999, 12, 31, 16, 30, tzinfo=UTC), datetime(2019, 5, 2, 3, 0, tzinfo=UTC)), 2
    ):
        model.published_at = moment + timedelta(hours=1)
        add_stories(model, 1, seed=seed)
    try:
        years = client.get("/archive/").content.decode()
        assert re.findall(r'"/archive/(\d+)/"', years)[1:] == ["2019", "2000"]
        assert re.findall(
            r'"/archive/(\d+/\d+)/"', client.get("/archive/2000/").content.decode()
        ) == ["2000/01"]
        assert len(headlines(client, "/archive/2000/01/")) == 1
        for nowhere in ("1999/", "2000/02/", "2001/", "2999/12/", "9999/", "2000/13/"):
            assert client.get(f"/archive/{nowhere}").status_code == 404, nowhere
    finally:
        timezone.get_default_timezone.cache_clear()


def test_related_stories_share_tags_sources_and_places(cast, client):
    holt = make_source("Ada Holt")
    said = make_interview(holt, "It froze.")
    body = "<p>“It froze,” said Ada Holt.</p>"
    by_source = make_live(cast.editor, headline="Source", interviews=[said], body=body)
    by_tag = make_tagged(cast.editor, "Ice", headline="Tag")
    by_place = make_live(cast.editor, headline="Place", dateline="QUAY")
    make_live(cast.editor, headline="Nothing in common")
    article = make_article(headline="New", interviews=[said], body=body, dateline="Quay")
    article.tags.add("ice")
    publish(approve(article, cast.editor), by=cast.editor)

    def related(story):
        relate_all()
        page = client.get(story.live_version.get_absolute_url()).content.decode()
        part = page.split('class="related"')
        return re.findall(r'<a href="[^"]*" dir="auto">(.*?)</a>', part[1]) if part[1:] else []

    article.refresh_from_db()
    assert related(article) == ["Source", "Tag", "Place"]
    assert related(by_source) == related(by_tag) == related(by_place) == ["New"]
    article.headline = "Newer"
    article.save()
    publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Newer.")
    assert related(by_tag) == ["Newer"]
    article.refresh_from_db()
    article.tags.clear()
    publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="No tag.")
    assert related(by_tag) == []


def test_what_is_related_does_not_hang_on_the_order_of_publication(cast, client, monkeypatch):
    """A hub has more relatives than it keeps; the one story that has nobody else keeps the hub."""
    lone = make_tagged(cast.editor, "Sea")
    hub = make_tagged(cast.editor, "Sea", "Big")
    for _ in range(14):
        make_tagged(cast.editor, "Big", "Crowd")

    def related_of():
        relate_all()
        return {
            story: set(Relation.objects.filter(article=story).values_list("other", flat=True)[:4])
            for story in Article.objects.values_list("pk", flat=True)
        }

    assert hub.pk in related_of()[lone.pk]
    hub.deck = "Another"
    hub.save()
    publish_update(hub, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Another deck.")
    assert hub.pk in related_of()[lone.pk]
    monkeypatch.setattr("articles.prepared.preparing.AT_ONCE", 3)
    call_command("refresh_front", stdout=StringIO())
    assert hub.pk in related_of()[lone.pk]
    assert all(related_of().values())


def test_of_many_relations_the_nearest_are_kept(cast):
    """A story may be what many others have most in common with; it leads on to the nearest of them."""
    tags = [f"Tag {n}" for n in range(KEPT + 4)]
    hub = make_tagged(cast.editor, *tags)
    near = make_tagged(cast.editor, *tags[:2]).pk
    far = [make_tagged(cast.editor, tag).pk for tag in tags[2:]]
    relate_all()
    kept = Relation.objects.filter(article=hub).values_list("other", flat=True)
    assert list(kept) == [near, *reversed(far)][:KEPT]


def test_what_a_crash_left_unrelated_is_related_later_and_told_to_its_shelf(cast):
    """No commit in a test: as if whoever published had been stopped right after it."""
    first, second = make_tagged(cast.editor, "Ice"), make_tagged(cast.editor, "Ice")
    assert not Relation.objects.exists()
    before = Purge.objects.latest("pk").pk
    relate_all()
    assert Relation.objects.count() == 2
    shown_on = [row.touched["shown_on"] for row in Purge.objects.filter(pk__gt=before)]
    assert {slug for addresses in shown_on for _, slug in addresses} == {first.slug, second.slug}
    before = Purge.objects.latest("pk").pk
    StoryPage.objects.update(is_related=False)
    relate_all()
    assert not Purge.objects.filter(pk__gt=before).exists(), (
        "nothing changed, and nothing is dropped"
    )


def test_a_retracted_story_is_told_as_one_in_every_list(cast, client):
    article = make_tagged(cast.editor, "Ice", headline="Fallen")
    make_tagged(cast.editor, "Ice", headline="Standing")
    Spotlight.objects.create(article=article)
    FrontStory.objects.create(article=article)
    retract(make_retraction(article, cast.second_editor), by=cast.editor)
    for address in ("/", "/section/harbour/", "/by/maren-okafor/", "/search/?q=fallen"):
        page = client.get(address).content.decode().split("<main")[1]
        # By its headline, which may be what was false, it is called on its own page alone.
        assert "Fallen</a>" not in page, address
        entry = page.split(">Retracted story, ")[1].split("</article>")[0]
        assert "Retraction" in entry, address
        for other in page.split("Standing</a>")[1:]:
            assert "Retraction" not in other.split("</article>")[0]
    assert "spotlight-story" not in client.get("/").content.decode()
    assert "Fallen" not in client.get("/sitemap-news.xml").content.decode()
    assert "front-first" not in client.get("/").content.decode()


# --- What stands around them


def test_editors_order_the_top_of_the_front_page(cast, client):
    first, second, third = (make_live(cast.editor, headline=name) for name in "abc")
    now = timezone.now()
    FrontStory.objects.create(article=second, order=2)
    FrontStory.objects.create(article=first, order=1)
    FrontStory.objects.create(article=third, order=0, shown_from=now + timedelta(days=1))
    compose_frame()
    assert headlines(client, "/") == ["a", "b", "c"]
    FrontStory.objects.filter(order=1).update(
        shown_from=now - timedelta(days=2), shown_until=now - timedelta(days=1)
    )
    compose_frame()
    assert headlines(client, "/") == ["b", "c", "a"]


def test_two_appeals_share_the_addresses_and_nobody_is_followed(cast, client):
    pages = [
        make_live(cast.editor, slug=f"ice-{n}").live_version.get_absolute_url() for n in range(8)
    ]
    for letter in "AB":
        Appeal.objects.create(heading=f"Appeal {letter}", line="Please", url="/")
    compose_frame()
    shown = []
    for url in [*pages, *pages]:
        answer = client.get(url)
        shown.append(re.search(r"Appeal ([AB])", answer.content.decode())[1])
        assert answer.cookies == {}
    # A page stays what it is for as long as nothing on it changes.
    assert shown[:8] == shown[8:]
    assert set(shown) == {"A", "B"}


def test_a_policy_keeps_its_earlier_texts(cast, client):
    policy = make_policy(cast.standards_editor, title="Ethics", body="<p>We pay.</p>")
    make_live(cast.editor)
    client.force_login(cast.standards_editor)
    form = f"/desk/articles/policy/{policy.pk}/change/"
    sent = {"title": "Our ethics", "purpose": "ethicsPolicy", "body": "<p>We pay twice.</p>"}
    assert "Tell readers what changed." in client.post(form, sent | {"order": 0}).content.decode()
    sent |= {"order": 0, "note": "We pay twice now."}
    assert client.post(form, sent).status_code == 302
    assert Policy.objects.count() == 2
    page = client.get("/standards/ethics/").content.decode()
    for shown in ("We pay twice.", "We pay twice now.", f"/standards/ethics/{policy.pk}/"):
        assert shown in page
    earlier = client.get(f"/standards/ethics/{policy.pk}/").content.decode()
    assert "<p>We pay.</p>" in earlier
    assert "noindex" in earlier
    assert '"ethicsPolicy": "http' in client.get("/").content.decode()
    newest = Policy.objects.newest().get()
    form = f"/desk/articles/policy/{newest.pk}/change/"
    client.post(form, sent | {"is_withdrawn": "on", "note": "Withdrawn."})
    withdrawn = client.get("/standards/ethics/")
    assert withdrawn.status_code == 410
    for shown in ("Withdrawn.", f"/standards/ethics/{policy.pk}/"):
        assert shown in withdrawn.content.decode()
    assert (
        "ethics"
        not in client.get("/standards/").content.decode().split("<main")[1].split("<footer")[0]
    )
    for sql in ("UPDATE articles_policy SET body = 'x'", "DELETE FROM articles_policy"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    client.force_login(cast.reporter)
    assert client.get(form).status_code == 403


# --- How caches are answered


def public_pages(cast):
    article = make_tagged(cast.editor, "Ice", lead_photo=make_photo())
    make_policy(cast.editor)
    Spotlight.objects.create(article=article)
    compose_frame()
    version = article.live_version
    pages = [url for url, status in front_pages(version).items() if status == 200]
    # Nobody may keep a form that is signed, or a proof, which tells what is withheld later; and stories leave
    # the news sitemap by their age alone.
    never_kept = ("report/", "history/1.json", "sitemap-news.xml")
    return [url for url in pages if not url.endswith(never_kept)], version


def test_every_public_address_has_validators_and_answers_304_without_rendering(
    cast, client, monkeypatch
):
    pages, version = public_pages(cast)
    sweep()
    pages.append(f"/media/{version.lead_photo['card']['webp']['name']}")
    answers = {url: client.get(url) for url in pages}
    rendered = []
    monkeypatch.setattr("django.template.base.Template.render", lambda *a: rendered.append(a) or "")
    monkeypatch.setattr("articles.prepared.frame.CurrentFrame.page", lambda *a: rendered.append(a))
    for url, answer in answers.items():
        assert answer["ETag"], url
        assert "public" in answer["Cache-Control"], url
        assert "Cookie" not in answer.get("Vary", ""), url
        with CaptureQueriesContext(connection) as asked:
            same = client.get(url, headers={"if-none-match": answer["ETag"]})
        assert same.status_code == 304, url
        assert len(asked) <= 1, url
        assert same.content == b""
        assert same["ETag"] == answer["ETag"]
        assert same.get("Vary") == answer.get("Vary")
        since = client.get(url, headers={"if-modified-since": answer["Last-Modified"]})
        assert since.status_code == 304, url
    assert not rendered
    unlike = client.get(version.get_absolute_url(), headers={"if-none-match": '"another"'})
    assert unlike.status_code == 200
    assert rendered


def test_html_is_compressed_where_asked_and_caches_are_told(cast, client):
    url = make_live(cast.editor).live_version.get_absolute_url()
    answer = client.get(url, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Vary"] == client.get(url)["Vary"] == "Accept-Encoding"
    assert answer["ETag"] == client.get(url)["ETag"]


def test_an_answer_changes_with_what_it_shows(cast, client):
    article = make_tagged(cast.editor, "Ice")
    url = article.live_version.get_absolute_url()
    seen = [client.get(url)["ETag"]]

    def changed():
        seen.append(client.get(url, headers={"if-none-match": seen[-1]})["ETag"])
        return client.get(url, headers={"if-none-match": seen[-2]}).status_code == 200

    assert not changed()
    article.headline = "Another"
    article.save()
    publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Another.")
    assert changed()
    make_live(cast.editor, section=make_section("Schools"))
    assert changed()
    assert not changed()


def test_whoever_asks_by_time_alone_is_told_of_every_change(cast, client, monkeypatch):
    """A story that leaves a list makes it older, by its stories' own times."""
    leaving = make_tagged(cast.editor, "Ice", headline="Leaving")
    make_tagged(cast.editor, "Ice", headline="Staying")
    pages = (
        "/tag/ice/",
        "/archive/",
        "/feed/",
        "/sitemap.xml",
        "/api/stories/",
        "/by/maren-okafor/",
    )
    seen = {page: client.get(page)["Last-Modified"] for page in pages}
    later = timezone.now() + timedelta(minutes=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    leaving.tags.set(["Snow"])
    publish_update(leaving, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note="Snow.")
    for page, moment in seen.items():
        answer = client.get(page, headers={"if-modified-since": moment})
        assert answer.status_code == 200, page


def test_pictures_are_sent_as_they_are(cast, client):
    version = make_live(cast.editor, lead_photo=make_photo()).live_version
    url = f"/media/{version.lead_photo['card']['jpeg']['name']}"
    sweep()
    answer = client.get(url, headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer
    assert answer["Content-Length"] == str(len(b"".join(answer.streaming_content)))


def test_a_slug_that_comes_back_leads_nobody_in_circles(cast, client):
    article = make_live(cast.editor, slug="first")
    for slug in ("second", "first"):
        Article.objects.filter(pk=article.pk).update(slug=slug)
        article.refresh_from_db()
        publish_update(article, by=cast.editor, kind=Update.Kind.DEVELOPMENT, note=slug)
        article.refresh_from_db()
    url = article.live_version.get_absolute_url()
    assert client.get(url).status_code == 200
    answer = client.get(url.replace("first", "second"))
    assert answer.status_code == 301
    assert answer["Location"] == url
    assert "max-age=0" in answer["Cache-Control"]


# --- Made of live versions, and made anew


def test_everything_is_made_again_from_live_versions(cast, client):
    pages, version = public_pages(cast)
    before = {url: client.get(url).content for url in pages}
    Listing.objects.all().delete()
    SearchEntry.objects.all().delete()
    StoryPage.objects.all().delete()
    assert client.get("/tag/ice/").status_code == 404
    assert client.get(version.get_absolute_url()).status_code == 200
    out = StringIO()
    call_command("refresh_front", stdout=out)
    assert out.getvalue() == "1 stories\n"
    assert {url: client.get(url).content for url in pages} == before


def test_a_page_of_another_release_is_drawn_anew(cast, client, settings):
    url = make_live(cast.editor).live_version.get_absolute_url()
    old = fingerprint()
    settings.SITE_NAME = "The Other Gazette"
    assert fingerprint() != old
    page = client.get(url).content.decode()
    assert "| The Other Gazette</title>" in page
    assert "The Other Gazette</a>" in page
    assert StoryPage.objects.get().drawn_with == old


def test_nothing_is_published_before_the_static_files_are_there(cast, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "empty"
    manifest = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": manifest}
    article = approve(make_article(), cast.editor)
    settings.SITE_NAME = "Not yet seen"  # by any page drawn in this process
    with pytest.raises(ImproperlyConfigured, match="collectstatic"):
        publish(article, by=cast.editor)
    article.refresh_from_db()
    assert article.stage == "approved"
    assert article.live_version is None
