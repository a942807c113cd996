"""The desk from a test: what its pages post, and what they say."""

from django.urls import reverse

from articles.models import Article
from tests.factories import make_section

INLINES = ("bylines", "comment_requests", "anonymity_approvals", "notebook")


def change_url(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def form_of(article=None, **fields):
    """What the story's page would post."""
    given = {
        "headline": "Harbour freezes",
        "slug": "harbour-freezes",
        "deck": "Ice",
        "body": "<p>It froze.</p>",
        "section": make_section().pk,
        "tags": "",
    }
    if article:
        for name in given:
            value = getattr(article, name)
            given[name] = "" if name == "tags" else getattr(value, "pk", value)
        given["seen_revision"] = article.revision
        given["assigned_to"] = article.assigned_to_id or ""
    for prefix in INLINES:
        given |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return given | fields


def inline(prefix, row=None, **fields):
    """What one row beside the story would post: one that is there, or a new one."""
    posted = {f"{prefix}-0-{name}": value for name, value in fields.items()}
    posted |= {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": int(row is not None)}
    if row is not None:
        posted |= {f"{prefix}-0-id": row.pk, f"{prefix}-0-article": row.article_id}
    return posted


def begun(client):
    """The story that whoever is logged in begins."""
    page = client.post(reverse("admin:articles_article_add"))
    return Article.objects.get(pk=page.url.split("/")[-3])


def post(client, article=None, **fields):
    """Save a story's page, or that of one just begun."""
    if article is None:
        article = begun(client)
        fields = form_of(**fields, seen_revision=0, assigned_to=article.assigned_to_id)
    else:
        fields = form_of(article, **fields)
    return client.post(change_url(article), fields, follow=True)


def press(client, article, name, **fields):
    """Post a move's page, as it was when the story was as `article` is."""
    url = reverse("admin:articles_article_move", args=[article.pk, name])
    return client.post(url, {"seen_revision": article.revision, **fields}, follow=True)


def told(response):
    return response.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
