"""What a newsroom of plain Django costs: rows, a template and nothing else, beside which `make bench` measures ours.

It keeps no record, checks nothing and says nothing of its sources. Its stories are those of the newsroom that it is
measured beside, and its pages show the same of them.
"""

from functools import cache

from django.contrib.syndication.views import Feed
from django.db import connection, models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import path
from django.utils.feedgenerator import Atom1Feed

from articles.models import Version
from articles.text import blocks

RIVER, ENTRIES, FOUND = 24, 40, 10
AT_ONCE = 1_000


class Story(models.Model):  # noqa: DJ008  (printed nowhere)
    slug = models.SlugField(unique=True)
    headline = models.CharField(max_length=200)
    deck = models.TextField()
    body = models.TextField()
    section = models.CharField(max_length=60, db_index=True)
    published_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "articles"
        db_table = "toy_story"
        managed = False
        ordering = ["-published_at"]

    def get_absolute_url(self):
        return f"/toy/story/{self.slug}/"


class Tag(models.Model):  # noqa: DJ008
    name = models.CharField(max_length=60, db_index=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="tags")

    class Meta:
        app_label = "articles"
        db_table = "toy_tag"
        managed = False


def fill():
    """Make the tables, and a row for each live story."""
    Story._meta.managed = Tag._meta.managed = True
    with connection.schema_editor() as editor:
        editor.create_model(Story)
        editor.create_model(Tag)
    live = Version.objects.live().order_by("pk")
    for start in range(0, live.count(), AT_ONCE):
        versions = list(live[start : start + AT_ONCE])
        stories = Story.objects.bulk_create(map(_story, versions))
        Tag.objects.bulk_create(
            Tag(name=name, story=story)
            for version, story in zip(versions, stories, strict=True)
            for name in version.tags
        )


def _story(version):
    paragraphs = blocks.text(version.body).split("\n")
    return Story(
        slug=f"{version.published_on}-{version.slug}",
        headline=version.headline,
        deck=version.deck,
        body="".join(f"<p>{words}</p>" for words in paragraphs),
        section=version.section_name,
        published_at=version.published_at,
    )


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/site.css"></head>
<body><header><a href="/toy/">The Toy</a><nav>{% for name in sections %}<a href="#">{{ name }}</a>{% endfor %}</nav></header>
<main>{% if story %}<article><p>{{ story.section }}</p><h1>{{ story.headline }}</h1><p>{{ story.deck }}</p>
<time datetime="{{ story.published_at|date:'c' }}">{{ story.published_at|date:'F j, Y, P' }}</time>
{{ story.body|safe }}<ul>{% for tag in story.tags.all %}<li><a href="/toy/tag/{{ tag.name|urlencode }}/">{{ tag.name }}</a></li>{% endfor %}</ul>
</article>{% else %}<h1>{{ title }}</h1>{% for each in stories %}<article><p>{{ each.section }}</p>
<h2><a href="{{ each.get_absolute_url }}">{{ each.headline }}</a></h2><p>{{ each.deck }}</p>
<time datetime="{{ each.published_at|date:'c' }}">{{ each.published_at|date:'F j, Y, P' }}</time></article>{% endfor %}{% endif %}
</main><footer>The Toy</footer></body></html>"""


def _page(request, title, **context):
    sections = ["Harbour", "Schools", "Town Hall", "Culture"]
    page = _template().render({"title": title, "sections": sections, **context}, request)
    return HttpResponse(page)


@cache
def _template():
    return engines["django"].from_string(_PAGE)


def article(request, slug):
    story = get_object_or_404(Story.objects.prefetch_related("tags"), slug=slug)
    return _page(request, story.headline, story=story)


def front(request):
    return _page(request, "The Toy", stories=Story.objects.all()[:RIVER])


def section(request, name):
    return _page(request, name, stories=Story.objects.filter(section=name)[:RIVER])


def tag(request, name):
    return _page(request, name, stories=Story.objects.filter(tags__name=name)[:RIVER])


def search(request):
    words = request.GET["q"]
    found = Story.objects.filter(body__icontains=words)[:FOUND]
    return _page(request, words, stories=found)


class Newest(Feed):
    title, link, feed_type = "The Toy", "/toy/", Atom1Feed

    def items(self):
        return Story.objects.all()[:ENTRIES]

    def item_title(self, story):
        return story.headline

    def item_description(self, story):
        return story.deck

    def item_pubdate(self, story):
        return story.published_at


urlpatterns = [
    path("toy/", front),
    path("toy/feed/", Newest()),
    path("toy/search/", search),
    path("toy/story/<slug:slug>/", article),
    path("toy/section/<str:name>/", section),
    path("toy/tag/<str:name>/", tag),
]
