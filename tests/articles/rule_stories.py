"""Stories for the rules of the check, of which only what a rule looks at need be said."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from articles.models import Article, CommentRequest, NotebookEntry, UpdateRequest
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct
from sources.models import Affiliation
from tests.factories import (
    make_anonymous,
    make_approval,
    make_article,
    make_byline,
    make_document,
    make_interview,
    make_live,
    make_photo,
    make_source,
    make_transcript,
)


class Cases(NamedTuple):
    raises: tuple[Callable, ...]
    near: tuple[Callable, ...]


# Stories


def quoting(body, *words, named=True, terms=None, **fields):
    """A story with this body, and these words recorded in an interview with Ada Holt."""
    source = make_source() if named else make_anonymous()
    return make_article(
        body=body, interviews=[make_interview(source, *words, terms=terms)], **fields
    )


def printing(printed, recorded):
    """Words of Ada Holt as a story prints them, and as they were recorded."""
    return lambda cast: quoting(f"<p>“{printed}” Ada Holt said.</p>", recorded)


def transcribed(printed, transcript, *, interviewer=""):
    """Words of Ada Holt that a story prints as they were recorded, and a transcript of her interview."""

    def build(cast):
        interview = make_interview(make_source(), printed, interviewer=interviewer)
        make_transcript(interview, transcript, name="call.txt")
        return make_article(body=f"<p>“{printed}” Ada Holt said.</p>", interviews=[interview])

    return build


def recording(text, **people):
    """A story of one paragraph, and an interview with each of these people: `Ada_Holt="It froze."`"""

    def build(cast):
        said = [
            make_interview(make_source(name.replace("_", " ")), words)
            for name, words in people.items()
        ]
        return make_article(body=f"<p>{text}</p>", interviews=said)

    return build


def telling(text):
    """A story of one paragraph that rests on Ada Holt, who is named."""
    return lambda cast: quoting(f"<p>{text}</p>", "It leaks.")


def promising(printed, recorded, terms, **fields):
    """What Ada Holt said on terms, and what a story makes of it."""
    return lambda cast: quoting(f"<p>{printed}</p>", recorded, terms=terms, **fields)


def writing(text="The harbour froze, the harbour master said.", **fields):
    """A story of one paragraph with nobody in the record."""
    return lambda cast: make_article(body=f"<p>{text}</p>", **fields)


def sourced(cast, *, approved=True, reason="they fear dismissal", body=None, by=None, **attested):
    """A story of a clerk who is not named and of Ada Holt, with a byline and the clerk approved."""
    clerk = make_anonymous(reason=reason)
    interviews = [make_interview(clerk), make_interview(make_source())]
    article = make_article(interviews=interviews, **({"body": body} if body else {}))
    make_byline(article)
    if approved:
        make_approval(article, clerk, by=by or cast.editor, **attested)
    return article


def of_a_clerk(text=None, **fields):
    """The same, with this paragraph and these fields."""
    return lambda cast: sourced(cast, body=f"<p>{text}</p>" if text else None, **fields)


def asking(outcome="", attempts=("email", "phone"), body="<p>The mayor was asked.</p>", **fields):
    article = make_article(body=body)
    fields = {"asked": "The mayor of Brindle Quay"} | fields
    request = CommentRequest.objects.create(article=article, outcome=outcome, **fields)
    for channel in attempts:
        request.attempts.create(channel=channel)
    return article


def asked_of(article, by):
    UpdateRequest.objects.create(article=article, reason="False.", asked_by=by, at=timezone.now())
    return article


def asked_of_another(by):
    asked_of(make_article(), by)
    return make_article()


def corrected_once(cast, body):
    article = make_live(cast.editor, body="<p>The vote was seven to four.</p>")
    correct(article, [Replacement("seven to four", "six to five")], by=cast.editor, note="It was.")
    Article.objects.filter(pk=article.pk).update(body=body)
    return Article.objects.get(pk=article.pk)


def forgotten(article):
    for approval in article.anonymity_approvals.all():
        approval.source.known_to.clear()
    return article


def assigned(article, person):
    Article.objects.filter(pk=article.pk).update(assigned_to=person)
    return Article.objects.get(pk=article.pk)


def without_byline(article):
    article.bylines.all().delete()
    return article


def declined(article, asked, outcome="declined"):
    CommentRequest.objects.create(article=article, asked=asked, outcome=outcome)
    return article


def known_as(article, title):
    """Whoever is not named holds a position that the desk knows."""
    for source in article.relied_on():
        if not source.named:
            Affiliation.objects.create(source=source, title=title)
    return article


def anonymous_alone(cast, *more):
    clerks = [make_anonymous(), *map(make_anonymous, more)]
    article = make_article(interviews=[make_interview(clerk) for clerk in clerks])
    for clerk in clerks:
        make_approval(article, clerk, by=cast.editor)
    return article


def confirmed(article, by):
    for approval in article.anonymity_approvals.all():
        approval.confirm(by=by)
    return article


def answered_late(cast, *, outcome="responded", published=True):
    """Somebody was asked and the story is out; then an answer came."""
    article = make_live(cast.editor)
    request = CommentRequest.objects.create(article=article, asked="The mayor")
    request.attempts.create(channel="email")
    if published:
        CommentRequest.objects.update(outcome=outcome, answer="It did not freeze.")
    return article


def bare_photo(**bare):
    photo = make_photo()
    for name, value in (bare or {"alt": " "}).items():
        setattr(photo, name, value)
    return make_article(lead_photo=photo)


def with_rights_until(days):
    """With a photo at its head that may be used until so many days from today."""
    until = timezone.localdate() + timedelta(days=days)
    return make_article(lead_photo=make_photo(usable_until=until))


def with_photo(photo, *, lost=False):
    article = make_article(body=f'<p>It froze.</p><figure data-photo="{photo.pk}"></figure>')
    if lost:
        photo.delete()
    return article


def with_two_photos():
    article = with_photo(make_photo())
    gone = make_photo()
    article.body += f'<figure data-photo="{gone.pk}"></figure>'
    gone.delete()
    return article


def with_document(*, lost, name="minutes.txt"):
    article = make_article()
    entry = NotebookEntry.objects.create(
        article=article, kind="document", title="Minutes", file=make_document(name)
    )
    if lost:
        entry.file.storage.delete(entry.file.name)
    return article


def with_lead_photo(*, lost):
    photo = make_photo()
    if lost:
        photo.file.storage.delete(photo.file.name)
    return make_article(lead_photo=photo)


def noted(article, title, kind="link"):
    NotebookEntry.objects.create(article=article, kind=kind, title=title, url="https://a.test")
    return article


def tagged(article, *tags):
    article.tags.add(*tags)
    return article


def said_again(cast, *, by, words="We lost the whole harbour."):
    """Words that Ada Holt gave off the record, printed; later somebody said them on the record."""
    ada, lee = make_source(), make_source("Lee Marr")
    said = [
        make_interview(
            ada, words, terms="off_the_record", held_on=timezone.localdate() - timedelta(days=3)
        ),
        make_interview({"Ada Holt": ada, "Lee Marr": lee}[by], words),
    ]
    return make_article(body=f"<p>“{words}” {by} said.</p>", interviews=said)


def signed(article, name):
    make_byline(article, name)
    return article


def reworded(article, **fields):
    """Readers are told otherwise of whoever is not named than an editor approved."""
    for source in article.relied_on():
        if not source.named:
            type(source).objects.filter(pk=source.pk).update(**fields)
    return Article.objects.get(pk=article.pk)


def known_to(article, person):
    for approval in article.anonymity_approvals.all():
        approval.source.known_to.add(person)
    return article


def with_position(body, title):
    ada = make_source()
    Affiliation.objects.create(source=ada, title=title)
    return make_article(body=body, interviews=[make_interview(ada, "It froze over.")])


def in_a_day():
    return timezone.now() + timedelta(days=1)
