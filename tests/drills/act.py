"""Somebody at the desk, who publishes, updates, corrects and uploads until the process is killed."""

import random
import sys

import django

django.setup()

from articles.models import Article, Section, Update, Version  # noqa: E402
from articles.prepared.frame import compose_frame  # noqa: E402
from articles.publishing.correcting import Replacement  # noqa: E402
from articles.publishing.door import correct, publish, publish_update  # noqa: E402
from articles.publishing.workflow import MoveRefused  # noqa: E402
from newsroom.models import User  # noqa: E402
from tests.factories import approve, make_article, make_byline, make_image, make_photo, make_section  # noqa: E402


def main(seed):
    pick, editor = random.Random(seed), User.objects.get(username="editor")
    print("ready", flush=True)
    for number in range(10_000):
        act(pick, editor, f"{seed}-{number}")
        print("done", flush=True)


def act(pick, editor, name):
    story = Article.objects.filter(versions__is_live=True).order_by("?").first()
    step = pick.choice(["publish", "update", "correct", "section"]) if story else "publish"
    try:
        if step == "publish":
            size = (pick.randrange(300, 900), 400)
            photo = make_photo(make_image(size, quality=pick.randrange(40, 95)))
            article = make_article(
                slug=f"drill-{name}",
                headline=f"Drill {name}",
                lead_photo=photo,
                section=Section.objects.first() or make_section(),
            )
            article.tags.add(pick.choice(["Ice", "Ships"]))
            make_byline(article)
            publish(approve(article, editor), by=editor)
        elif step == "update":
            Article.objects.filter(pk=story.pk).update(deck=f"As of {name}")
            story.refresh_from_db()
            publish_update(
                story, by=editor, kind=Update.Kind.DEVELOPMENT, note=f"The deck, {name}."
            )
        elif step == "correct":
            days = ["Monday", "Tuesday", "Wednesday", "Thursday"]
            body = Version.objects.live().get(article=story).content["body"]
            now = next(day for day in days if day in str(body))
            to = pick.choice([day for day in days if day != now])
            note = f"An earlier version said {now}. It was {to}."
            correct(story, [Replacement(now, to)], by=editor, note=note)
        else:
            Section.objects.update(name=f"Harbour {name}")
            compose_frame()
    except MoveRefused as refused:
        # Two who change one story: the second is told, as at the desk.
        print(f"refused {refused}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
