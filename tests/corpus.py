"""Many stories at once: what the door makes of them, without going through it for each."""

import random
from datetime import timedelta

from articles.chain import content_hash
from articles.front.listing import list_stories
from articles.front.search import index_stories
from articles.models import Article, StoryPage, Version
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
    body = "".join(
        f"<p>{' '.join(words[at : at + 40]).capitalize()}.</p>" for at in range(0, len(words), 40)
    )
    section = pick.choice(SECTIONS)
    version = Version(
        **{
            field.attname: getattr(model, field.attname)
            for field in Version._meta.concrete_fields
            if field.attname not in ("id", "update_id")
        }
    )
    version.article, version.slug, version.number = article, article.slug, 1
    version.created_at = version.published_at = at
    version.published_on, version.updated_at = at.date(), None
    version.headline = " ".join(pick.choices(_VOCABULARY, k=7)).capitalize()
    version.body, version.changes, version.change_kind, version.change_place = body, [], "", ""
    version.section_name, version.section_slug = section, section.lower().replace(" ", "-")
    version.tags = ["Ice"] * (number % 4 == 0) + [pick.choice(("Ships", "Schools", "Budget"))]
    version.previous_hash, version.is_live = "", True
    version.content_hash = content_hash(version)
    return version


def _page(drawn, version):
    return StoryPage(
        article_id=version.article_id,
        published_on=version.published_on,
        slug=version.slug,
        **{
            name: getattr(drawn, name) for name in ("head", "main", "drawn_at", "digest", "release")
        },
    )
