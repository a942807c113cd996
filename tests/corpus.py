"""Many stories at once: what the door makes of them, without going through it for each."""

import random
from datetime import timedelta

from articles.models import Article, StoryPage, Version
from articles.prepared.listings import list_stories
from articles.prepared.search_index import index_stories
from articles.prepared.story_pages import SHORT
from articles.record.chain import in_utc, seal_version
from articles.record.fields import copies
from articles.stages import Stage

AT_ONCE = 1_000
SECTIONS = ("Harbour", "Schools", "Town Hall", "Culture")
# A word that two in a hundred stories have, and one that every second has.
RARE, COMMON = "lighthouse", "council"
_VOCABULARY = [
    f"{a}{b}{c}" for a in "bdfglmnprst" for b in "aeiou" for c in ("ck", "ld", "rn", "st", "nt")
]


def add_stories(model, number, seed=1, apart=timedelta(hours=1)):
    """Publish `number` stories that are like a live version, each some time before the one after it."""
    pick = random.Random(seed)
    for start in range(0, number, AT_ONCE):
        some = range(start, min(start + AT_ONCE, number))
        articles = Article.objects.bulk_create(
            Article(headline=f"Story {n}", slug=f"more-{seed}-{n}", stage=Stage.PUBLISHED)
            for n in some
        )
        versions = [
            _version(model, article, n, pick, apart)
            for article, n in zip(articles, some, strict=True)
        ]
        Version.objects.bulk_create(versions)
        list_stories(versions)
        index_stories(versions)
        drawn = StoryPage.objects.get(article=model.article_id)
        StoryPage.objects.bulk_create(_page(drawn, version) for version in versions)


def _version(model, article, number, pick, apart):
    at = model.published_at - apart * (number + 1)
    words = pick.choices(_VOCABULARY, k=220)
    words += [RARE] * (number % 50 == 0) + [COMMON] * (number % 2)
    pick.shuffle(words)
    paragraphs = [f"{' '.join(words[n : n + 40]).capitalize()}." for n in range(0, len(words), 40)]
    section = pick.choice(SECTIONS)
    content = model.content | {
        "slug": article.slug,
        "published_at": in_utc(at),
        "published_on": at.date().isoformat(),
        "updated_at": None,
        "headline": " ".join(pick.choices(_VOCABULARY, k=7)).capitalize(),
        "body": [
            {"kind": "paragraph", "runs": [{"marks": [], "text": words}]} for words in paragraphs
        ],
        "section": {"name": section, "slug": section.lower().replace(" ", "-")},
        "tags": ["Ice"] * (number % 4 == 0) + [pick.choice(("Ships", "Schools", "Budget"))],
    }
    version = Version(article=article, number=1, created_at=at, content=content, **copies(content))
    seal_version(version)
    return version


def _page(drawn, version):
    return StoryPage(
        article_id=version.article_id,
        published_on=version.published_on,
        slug=version.slug,
        is_related=True,
        **{name: getattr(drawn, name) for name in ("head", "main", "teaser", "drawn_with")},
        **{name: SHORT[name](version) for name in ("card", "atom", "rss", "json_feed")},
    )
