"""Every page of the desk against axe-core, on a phone and a desk, light and dark; and none wider than its window."""

import pytest
from django.contrib import admin
from django.urls import reverse

from articles.models import AnonymityApproval, Article, Photo
from sources.models import InterviewFile, Source
from tests.browser.conftest import looks
from tests.conftest import THOROUGH
from tests.newsrooms import NEWSROOMS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages():
    """One of each kind: lists, forms to add and to change, and those that are our own."""
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        if row := model_admin.model._default_manager.first():
            yield reverse(f"{name}_change", args=[row.pk])
            yield reverse(f"{name}_history", args=[row.pk])
    yield reverse("admin:index")
    yield reverse("admin:find") + "?q=a"
    yield reverse("admin:articles_photo_bring")
    yield reverse("admin:audit")
    for source in Source.objects.all()[:2]:
        yield reverse("admin:sources_source_page", args=[source.pk])
        yield reverse("admin:articles_article_recall", args=["source", source.pk])
    for file in InterviewFile.objects.all()[:2]:
        yield reverse("admin:sources_interview_page", args=[file.interview_id])
        yield reverse("admin:sources_interview_file", args=[file.interview_id, file.pk])
    for article in Article.objects.all()[:3]:
        yield reverse("admin:articles_article_change", args=[article.pk])
        for name in ("correct", "retract", "record", "ask", "exhibits"):
            yield reverse(f"admin:articles_article_{name}", args=[article.pk])
    for approval in AnonymityApproval.objects.all()[:1]:
        yield reverse("admin:articles_article_anonymity", args=[approval.pk])
    for photo in Photo.objects.all()[:1]:
        yield reverse("admin:articles_photo_change", args=[photo.pk])


@pytest.mark.parametrize("person", ["standards_editor", "administrator"])
def test_no_page_of_the_desk_shuts_anybody_out(cast, live_server, sit_down, violations, person):
    NEWSROOMS["full"](cast)
    # What fades from one colour to another has for a moment neither; axe tries styles of its own.
    page = sit_down(getattr(cast, person), reduced_motion="reduce", bypass_csp=True)
    found, seen = [], 0
    for path in dict.fromkeys(pages()):
        # What somebody may not open is another's page.
        if page.request.get(live_server.url + path).status != 200:
            continue
        page.goto(live_server.url + path)
        seen += 1
        # In its short form each page in two looks, which have both widths and both schemes.
        for number, look in enumerate(looks(page)):
            if number in (1, 2) and not THOROUGH:
                continue
            found += [f"{path}, {look}: {each}" for each in violations(page)]
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                found.append(f"{path}, {look}: {wide} px wider than its window")
    assert found == [], "\n".join(found)
    assert seen > (40 if person == "editor" else 10)
