"""Newsrooms whose pages real checkers look at: from one without a story to one with everything."""

from django.core.management import call_command
from django.urls import reverse

from articles.models import (
    Appeal,
    CommentRequest,
    NotebookEntry,
    NotePlace,
    Spotlight,
    Update,
    Version,
)
from articles.prepared.frame import compose_frame
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish, publish_update, retract
from sources.models import Affiliation
from tests.articles.test_front import front_pages, patterns
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_byline,
    make_document,
    make_image,
    make_interview,
    make_live,
    make_photo,
    make_retraction,
    make_section,
    make_source,
    make_transcript,
)

BODY = """<p>The harbour froze on Monday. “It <em>cracked</em> like a plate,” said Ada Holt.</p>
<h2>The ledger</h2>
<p>“The ledger was closed in March,” said a clerk with access to the ledger. They spoke on condition
of anonymity.</p>
<h3>What froze</h3>
<ul><li><p>The <strong>outer</strong> basin</p></li><li><p>The inner basin</p></li></ul>
<ol><li><p>First the outer</p></li></ol>
<blockquote><p>“We lost the harbour.”<br>Ada Holt, on Tuesday</p></blockquote>
<p>The <a href="https://example.org/almanac?a=1&amp;b=2">almanac</a> has it at 7 °C.</p>"""
ARABIC = """<p>تجمد الميناء يوم الاثنين. “<em>تصدع</em> الجليد كالصحن”، said هدى سالم.</p>
<h2>السجل</h2><p>قالت IBM في عام 1963 إن <a href="https://example.org/">الميناء</a> تجمد.</p>"""


def empty(cast):
    """The day before the first story."""
    compose_frame()


def bare(cast):
    """A story with no more than every story has."""
    return make_live(cast.editor).live_version


def full(cast):
    """A story with everything that a story can have, changed twice, and another beside it."""
    article = _rich(cast, BODY, headline="The <harbour> froze & “cracked”")
    make_live(cast.editor, headline="A story without a photo")
    note = "The harbour froze on Sunday, and not on Monday."
    correct(article, [Replacement("on Monday", "on Sunday")], by=cast.editor, note=note)
    article.refresh_from_db()
    kind, note = Update.Kind.EDITORS_NOTE, "The port paid for the trip."
    publish_update(article, by=cast.editor, kind=kind, note=note, place=NotePlace.TOP)
    Spotlight.objects.create(article=article)
    Appeal.objects.create(heading="Support us", line="Please", url="https://example.org/give")
    compose_frame()
    return article.live_version


def arabic(cast):
    """The same in a script that runs from right to left, with words that do not."""
    names = {"headline": "السفينة Curlew تصطدم بالرصيف", "deck": "أول مرة منذ 1963"}
    names |= {"kicker": "ميناء", "dateline": "الإسكندرية", "slug": "الميناء"}
    article = _rich(cast, ARABIC, section=make_section("الميناء"), **names)
    Spotlight.objects.create(article=article)
    compose_frame()
    return article.live_version


def retracted(cast):
    article = make_live(
        cast.editor, headline="A story that does not stand", lead_photo=make_photo()
    )
    retract(make_retraction(article, cast.second_editor), by=cast.editor)
    article.refresh_from_db()
    return article.live_version


def seed(cast, shared):
    """The story that the project grew from, which is not part of it; so not among the others."""
    story = str(shared / "seed" / "story.json")
    call_command("import_stories", story, by="standards_editor", as_published=True, verbosity=0)
    return Version.objects.get()


NEWSROOMS = {each.__name__: each for each in (empty, bare, full, arabic, retracted)}


def addresses(version):
    """Every public address of a newsroom, of each kind one; those that need no story without one."""
    if version is None:
        whole = [each for each in patterns() if not each.pattern.regex.groups]
        return [reverse(f"articles:{each.name}") for each in whole]
    compared = [f"{version.get_history_url()}?from=1&to={version.number}"]
    return [*front_pages(version), *(compared if version.number > 1 else [])]


def answers(client, version, *kinds):
    """What is read at each of those addresses, as far as it is of one of these media types."""
    all_of_them = {url: client.get(url) for url in addresses(version)}
    return {
        url: answer
        for url, answer in all_of_them.items()
        if answer["Content-Type"].startswith(kinds) and not answer.has_header("Location")
    }


def _rich(cast, body, **fields):
    """A story on the way through the door with everything that its page can show."""
    holt, clerk = make_source("Ada Holt"), make_anonymous(authorization="not_authorized")
    Affiliation.objects.create(source=holt, title="harbour master", current=True)
    said = ["It cracked like a plate,", "تصدع الجليد كالصحن", "We lost the harbour."]
    interviews = [
        make_interview(holt, *said, held_on="2026-01-02", how="phone"),
        make_interview(clerk, "The ledger was closed in March,", held_on="2026-01-03"),
    ]
    interviews[0].quotes.update(basis="recording")
    for interview in interviews:
        said = " ".join(quote.words for quote in interview.quotes.all()) or "It froze."
        make_transcript(interview, f"Speaker 1: {said}\n\nSpeaker 2: And then?", by=cast.reporter)
    photo = make_photo(make_image((1600, 1000)))
    fields = {"kicker": "Ice", "dateline": "BRINDLE QUAY", "lead_photo": photo} | fields
    article = make_article(body=body, interviews=interviews, **fields)
    article.tags.add("Ice", "The harbour & its ships", "ميناء")
    make_approval(article, clerk, by=cast.editor)
    for name, role in (("Maren Okafor", "by"), ("هدى سالم", "by"), ("Bo Lind", "edited")):
        byline = make_byline(article, name)
        byline.role = role
        byline.save()
    for outcome in ("responded", "declined", "acknowledged_then_nothing"):
        CommentRequest.objects.create(
            article=article, asked="The mayor", about="the ice", outcome=outcome, answer="“No.”"
        )
    _fill_notebook(article)
    publish(approve(article, cast.editor), by=cast.editor)
    return article


def _fill_notebook(article):
    entries = (
        {"kind": "dataset", "title": "Readings", "file": make_document("readings.csv")},
        {"kind": "document", "title": "The ledger", "file": make_document("ledger.pdf")},
        {"kind": "link", "title": "Almanac", "url": "https://example.org/almanac?a=1&b=2"},
        {"kind": "video", "title": "The ice", "url": "https://example.org/ice"},
        {"kind": "note", "title": "How", "note": "We measured it.\n\nTwice, at\nthe pier."},
    )
    for order, entry in enumerate(entries):
        NotebookEntry.objects.create(article=article, order=order, **entry)
