"""Photos and pull quotes in a story: through the door, corrected, compared, exported and kept."""

import json
import re
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.urls import reverse

from articles.models import Article, Photo, Update, UpdateRequest
from articles.packages.importing import Importer
from articles.prepared.drawing import draw_body
from articles.prepared.structured_data import as_ninjs
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish, publish_update
from articles.publishing.workflow import Blocked, MoveRefused
from articles.record.composing import compose, has_unpublished_words
from articles.record.differences import differences, more_than_minor
from articles.record.material import Material
from articles.record.public_files import sweep
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check
from tests.factories import (
    approve,
    make_article,
    make_image,
    make_interview,
    make_live,
    make_photo,
    make_source,
)

pytestmark = pytest.mark.django_db

TEXT = "<p>The council voted seven to four, and it rained.</p>"
PULLED = "<aside>The council voted seven to four</aside>"


def figure(photo):
    return f'<figure data-photo="{photo.pk}"></figure>'


def illustrated(photo, **fields):
    return {"body": f"{TEXT}{figure(photo)}{PULLED}"} | fields


def codes(article):
    return {finding.code for finding in check(CheckedMaterial(article))}


def update(article, editor, body, kind=Update.Kind.DEVELOPMENT):
    Article.objects.filter(pk=article.pk).update(body=body)
    article = Article.objects.get(pk=article.pk)
    return publish_update(article, by=editor, kind=kind, note="What has changed.")


def without_files(html):
    return re.sub(r'<source[^>]*>| (?:src|srcset|sizes|loading)="[^"]*"', "", html)


# Through the door


def test_a_photo_in_the_text_is_shown_as_the_lead_photo_is(cast, client):
    photo = make_photo(caption="Ice & <rope>", alt='The "old" quay')
    article = make_live(cast.editor, **illustrated(photo, lead_photo=photo))
    page = client.get(article.live_version.get_absolute_url()).content.decode()
    lead, in_text = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert without_files(in_text) == without_files(lead).replace("lead-photo", "story-photo")
    assert in_text.count(' loading="lazy"') == 1
    assert '<aside class="pull-quote">The council voted seven to four</aside>' in page
    files = re.findall(r"/media/(pictures/\S+\.(?:webp|jpeg)) (\d+)w", in_text)
    assert sorted((name.split(".")[-1], width) for name, width in files) == [
        *(("jpeg", "480"), ("jpeg", "640"), ("webp", "480"), ("webp", "640"))
    ]
    sweep()
    assert all(storages["public"].exists(name) for name, _ in files)
    assert "Ice &amp; &lt;rope&gt;" in in_text
    assert 'alt="The &quot;old&quot; quay"' in in_text


def test_a_preview_shows_the_private_file_and_writes_nothing(cast, client):
    photo = make_photo(make_image((480, 640)))
    article = make_article(**illustrated(photo))
    client.force_login(cast.editor)
    preview = client.get(reverse("admin:articles_article_preview", args=[article.pk]))
    assert f'src="{photo.file.url}"' in preview.content.decode()
    assert "story-photo-upright" in preview.content.decode()
    sweep()
    assert not storages["public"].exists("pictures")


def test_a_photo_that_is_gone_stops_the_story_and_is_left_out_of_its_preview(cast):
    photo = make_photo()
    article = approve(make_article(**illustrated(photo)), cast.editor)
    photo.delete()
    assert "<figure" not in draw_body(compose(Material(article)))
    with pytest.raises(Blocked, match="no longer in the library"):
        publish(article, by=cast.editor)
    missing = next(
        found for found in check(CheckedMaterial(article)) if found.code == "photo-missing"
    )
    version = publish(article, by=cast.editor, overrides={missing.key: "Taken down."})
    assert draw_body(version) == f'{TEXT}<aside class="pull-quote">{PULLED[7:]}'


def test_machines_get_the_words_of_the_story_alone(cast):
    article = make_live(cast.editor, **illustrated(make_photo()))
    [body] = as_ninjs(article.live_version)["bodies"]
    assert body["value"] == "The council voted seven to four, and it rained."


# The check


@pytest.mark.parametrize("words", ["It froze over, and we wept.", "It froze over and we wept."])
def test_a_pull_quote_may_leave_out_who_said_it(words):
    body = f"<p>“It froze over,” said Ada Holt, “and we wept.”</p><aside>“{words}”</aside>"
    article = make_article(body=body)
    assert "pull-quote-altered" not in codes(article)
    article.body = body.replace(", “and", ".</p><p>“And")
    assert "pull-quote-altered" in codes(article)


def test_photos_in_the_text_are_held_to_what_the_lead_photo_is():
    photo = make_photo(caption="We lost the whole harbour.")
    article = make_article(body=TEXT + figure(photo))
    assert not codes(article) & {"photo-incomplete", "file-missing", "quote-off-the-record"}
    article.interviews.add(
        make_interview(make_source(), "We lost the whole harbour.", terms="off_the_record")
    )
    photo.file.storage.delete(photo.file.name)
    Photo.objects.update(credit=" ")
    assert codes(article) >= {"photo-incomplete", "file-missing", "quote-off-the-record"}


# After publication


def test_what_differs_is_told_of_photos_and_pull_quotes(cast):
    one, other = make_photo(caption="Ice"), make_photo(make_image((900, 600)), caption="Rope")
    article = make_live(cast.editor, **illustrated(one))
    first = article.live_version
    assert not has_unpublished_words(Material(article), first)
    Photo.objects.filter(pk=one.pk).update(caption="Ice on the quay")
    assert has_unpublished_words(Material(article), first)
    second = update(article, cast.editor, f"{TEXT}{figure(other)}<aside>It rained.</aside>")
    told = [
        "".join(
            f"{'' if part.how == 'same' else part.how[0]}[{part.words}]" for part in block.parts
        )
        for block in differences(first, second)
        if not block.is_same
    ]
    assert [re.sub(r"[0-9a-f]{32}", "file", words) for words in told] == [
        "[photo: ]r[Ice]a[Rope][, A. Holt, A frozen harbour, pictures/]r[file.jpeg]a[file.jpeg]",
        "a[pull quote: It rained.]",
        "r[pull quote: The council voted seven to four]",
    ]


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        (TEXT + PULLED, "a picture or a link changed"),
        (TEXT + "{figure}", "stands between quotation marks"),
        (TEXT.replace(", and", " and") + "{figure}" + PULLED, ""),
    ],
)
def test_a_minor_edit_touches_no_photo_and_no_pull_quote(cast, body, refused):
    photo = make_photo()
    article = make_live(cast.editor, **illustrated(photo))
    first = article.live_version
    body = body.format(figure=figure(photo))
    if not refused:
        version = update(article, cast.editor, body, Update.Kind.MINOR)
        assert more_than_minor(first, version) == ""
    else:
        with pytest.raises(MoveRefused, match=refused):
            update(article, cast.editor, body, Update.Kind.MINOR)


def test_a_correction_mends_the_pull_quote_too_and_keeps_the_photo(cast, client):
    whole = "<p>It rained seven to four.</p>"
    photo = make_photo()
    article = make_live(cast.editor, body=f"{whole}{figure(photo)}<aside>{whole[3:-4]}</aside>")
    live = article.live_version
    Article.objects.filter(pk=article.pk).update(body=f"<p>New.</p>{article.body}")
    article = Article.objects.get(pk=article.pk)
    version = correct(
        article, [Replacement("seven to four", "six to five")], by=cast.editor, note="It was."
    )
    assert draw_body(version) == draw_body(live).replace("seven to four", "six to five")
    assert draw_body(version).count("six to five") == 2
    article.refresh_from_db()
    assert article.body == (
        "<p>New.</p><p>It rained six to five.</p>"
        f"{figure(photo)}<aside>It rained six to five.</aside>"
    )
    assert not UpdateRequest.objects.exists()
    history = client.get(version.get_history_url(), {"from": 1, "to": 2}).content.decode()
    assert history.count("five<span") == 2
    assert client.get(f"{version.get_history_url()}1/").status_code == 200


# Packages


def test_a_photo_is_left_out_of_a_package_and_that_is_said(cast, tmp_path):
    photo = make_photo()
    article = make_article(slug="voted", **illustrated(photo))
    said = StringIO()
    call_command("export_stories", to=tmp_path, stdout=StringIO(), stderr=said)
    assert said.getvalue() == (
        f"voted: photos in its text were left out, which a package cannot hold: {photo.pk}\n"
    )
    package = json.loads((tmp_path / "voted.json").read_text())
    assert package["body"] == TEXT + PULLED
    assert Importer(tmp_path, by=cast.editor).import_package(package) == "unchanged"
    Article.objects.filter(pk=article.pk).update(slug="other")
    assert Importer(tmp_path, by=cast.editor).import_package(package) == "imported"
    assert Article.objects.get(slug="voted").body == TEXT + PULLED


def test_a_package_names_no_photo_of_a_desk(cast, tmp_path):
    photo = make_photo()
    package = {"format": "newsroom-story/1", "slug": "voted", "headline": "Voted"}
    importer = Importer(tmp_path, by=cast.editor)
    assert importer.import_package(package | {"body": TEXT + figure(photo)}) == "refused"
    [problem] = importer.problems
    assert (problem.field, str(photo.pk) in problem.message) == ("body", True)


# On the desk


def test_a_photo_in_a_text_is_not_deleted_under_it(cast, client):
    used, free = make_photo(), make_photo()
    make_article(headline="The vote", **illustrated(used))
    client.force_login(cast.editor)
    page = client.post(reverse("admin:articles_photo_delete", args=[used.pk]), {"post": "yes"})
    assert "Story: The vote" in page.content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [used.pk, free.pk], "post": "yes"}
    client.post(reverse("admin:articles_photo_changelist"), chosen)
    assert Photo.objects.count() == 2
    client.post(reverse("admin:articles_photo_delete", args=[free.pk]), {"post": "yes"})
    assert list(Photo.objects.all()) == [used]


def test_a_photo_in_an_editors_hands_is_not_its_reporters_to_change(cast, client):
    photo = make_photo(uploaded_by=cast.reporter)
    others = make_photo()
    article = make_article(**illustrated(photo))
    assert not photo.is_in_editors_hands()
    Article.objects.filter(pk=article.pk).update(stage="submitted")
    assert photo.is_in_editors_hands()
    assert not others.is_in_editors_hands()


def test_the_chooser_offers_the_photos_of_the_text_and_the_newest(cast, client):
    used = make_photo(caption="Vote")
    for number in range(12):
        make_photo(caption=f"Ice {number}")
    article = make_article(assigned_to=cast.reporter, **illustrated(used))
    client.force_login(cast.reporter)
    url = reverse("admin:articles_article_change", args=[article.pk])
    keys = re.findall(r'<button type="button" data-photo="(\d+)"', client.get(url).content.decode())
    newest = Photo.objects.exclude(pk=used.pk).values_list("pk", flat=True)
    assert list(map(int, keys)) == [used.pk, *newest]
    Article.objects.filter(pk=article.pk).update(stage="submitted")
    page = client.get(url).content.decode()
    assert "data-photos" not in page
    assert f'src="{used.file.url}"' in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("reporter", 200), ("editor", 200), ("outsider", 403), ("administrator", 403)],
)
def test_photos_are_found_by_those_who_may_see_the_library(cast, client, who, status):
    make_photo(caption="Ice on the quay", credit="B. Lind")
    make_photo(caption="Ice")
    client.force_login(getattr(cast, who))
    found = client.get(reverse("admin:articles_photo_find"), {"q": "lind\x00 QUAY"})
    assert found.status_code == status
    if status == 200:
        assert found.content.decode().count("<li>") == 1
