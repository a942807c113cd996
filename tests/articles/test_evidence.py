"""Interviews on the desk: who opens what they left, and what recorded words were compared with."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Override
from articles.publishing.door import publish
from articles.publishing.workflow import Blocked, make_move
from articles.record.composing import compose
from articles.record.material import Material
from articles.record.telling import backings
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check
from sources.evidence.comparing import confirm
from sources.models import Comparison, Interview, InterviewFile, Quote
from tests.desk import change_url, told
from tests.factories import (
    approve,
    make_anonymous,
    make_approval,
    make_article,
    make_byline,
    make_interview,
    make_photo,
    make_source,
    make_transcript,
)
from tests.sources.evidence.test_bringing import SPOKEN, VTT

pytestmark = pytest.mark.django_db

SAID = "We lost the harbour."
SECRET = "We never lost the harbour."
BODY = "<p>“We lost the harbour,” said {}.</p>"


def page(interview, name="page", *also):
    return reverse(f"admin:sources_interview_{name}", args=[interview.pk, *also])


def kept(interview, content=SPOKEN, name="call.m4a", kind="recording"):
    return InterviewFile.objects.create(
        interview=interview,
        kind=kind,
        file=SimpleUploadedFile(name, content),
        name=name,
        size=len(content),
        digest="d" * 64,
        duration=31.9,
    )


# Who opens what


NAMED = ("Ada Holt", Interview.Terms.ON_THE_RECORD)
OFF = ("Ada Holt", Interview.Terms.OFF_THE_RECORD)
UNNAMED = ("", Interview.Terms.ON_BACKGROUND)
# Who, apart from the reporter who held it, opens the files, and who sees the interview at all.
WHO = {
    NAMED: ({"second_reporter", "editor", "standards_editor", "administrator"}, set()),
    OFF: (set(), {"editor", "standards_editor"}),
    UNNAMED: (set(), {"editor", "standards_editor"}),
}


@pytest.fixture(params=WHO, ids=["named", "off the record", "unnamed"])
def held(request, cast):
    name, terms = request.param
    source = make_source(name) if name else make_anonymous()
    interview = make_interview(source, SAID, terms=terms, recorded_by=cast.reporter)
    return interview, *WHO[request.param]


def opened(client, interview):
    """What each way to the files answers: the list on the page, a transcript's page, the recording, the file itself."""
    transcript, recording = interview.files.order_by("kind")[::-1]
    shown = told(client.get(page(interview)))
    return (
        transcript.name in shown,
        client.get(page(interview, "file", transcript.pk)).status_code == 200,
        client.get(reverse("admin:desk_file", args=[recording.file.name])).status_code == 200,
        client.get(reverse("admin:desk_file", args=[transcript.file.name])).status_code == 200,
    )


@pytest.mark.parametrize(
    "who", ["reporter", "second_reporter", "editor", "standards_editor", "administrator"]
)
def test_a_file_is_open_to_those_who_heard_it_or_know_who_it_is(cast, client, held, who):
    interview, by_name, sees = held
    make_transcript(interview, SECRET, name="holt.vtt")
    kept(interview)
    person = getattr(cast, who)
    client.force_login(person)
    may_see = client.get(page(interview)).status_code == 200
    if who == "administrator":  # who has nothing to do with interviews
        assert opened(client, interview) == (False,) * 4
        return
    assert may_see == (who == "reporter" or who in by_name | sees)
    assert opened(client, interview) == ((who == "reporter" or who in by_name),) * 4
    # Who says that they know is told, and it is kept that they said so.
    interview.source.known_to.add(person)
    if who != "administrator":
        assert opened(client, interview) == (True,) * 4


def test_no_role_opens_the_voice_of_somebody_unnamed(cast, client):
    interview = make_interview(make_anonymous(), SAID, recorded_by=cast.reporter)
    make_transcript(interview, SECRET)
    kept(interview)
    cast.administrator.is_superuser = True
    cast.administrator.save()
    client.force_login(cast.administrator)
    assert client.get(page(interview)).status_code == 200
    assert opened(client, interview) == (False,) * 4


@pytest.mark.parametrize(
    ("who", "named", "status"),
    [
        ("reporter", True, 302),
        ("reporter", False, 302),
        ("editor", True, 302),
        ("editor", False, 403),
        ("second_reporter", True, 403),
        ("second_reporter", False, 404),
        ("photo_editor", True, 403),
    ],
)
def test_who_brings_files(cast, client, who, named, status):
    source = make_source() if named else make_anonymous()
    interview = make_interview(source, SAID, recorded_by=cast.reporter)
    client.force_login(getattr(cast, who))
    answer = client.post(page(interview, "bring"), {"files": [SimpleUploadedFile("call.vtt", VTT)]})
    assert answer.status_code == status
    assert InterviewFile.objects.exists() == (status == 302)


def test_each_file_is_kept_or_refused_by_itself(cast, client):
    interview = make_interview(make_source(), SAID, recorded_by=cast.reporter)
    client.force_login(cast.reporter)
    files = {"call.vtt": VTT, "none.pdf": b"%PDF-1.7", "call.m4a": SPOKEN}
    sent = [SimpleUploadedFile(name, content) for name, content in files.items()]
    answer = client.post(page(interview, "bring"), {"files": sent, "part": "1"})
    assert [file.name for file in interview.files.all()] == ["call.vtt", "call.m4a"]
    assert "This is a PDF." in told(answer)
    assert "Holt" in told(answer)
    assert Quote.objects.get().checked is None  # nobody has looked yet
    assert "In the transcript at 0:01" in told(client.get(page(interview)))
    assert Quote.objects.get().checked.compared_with == "transcript"


def test_a_full_disk_is_told_of_and_keeps_nothing(cast, client, monkeypatch):
    interview = make_interview(make_source(), SAID, recorded_by=cast.reporter)
    client.force_login(cast.reporter)

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("articles.media.storage.WholeFiles._save", full)
    answer = client.post(
        page(interview, "bring"),
        {"files": [SimpleUploadedFile("call.vtt", VTT)], "part": "1"},
    )
    assert "could not keep it (No space left on device)" in told(answer)
    assert not InterviewFile.objects.exists()


def test_a_recording_is_sent_in_the_parts_that_a_player_asks_for(cast, client):
    file = kept(make_interview(make_source(), recorded_by=cast.reporter))
    client.force_login(cast.reporter)
    address = reverse("admin:desk_file", args=[file.file.name])
    part = client.get(address, headers={"range": "bytes=100-199"})
    assert (part.status_code, part["Content-Type"]) == (206, "audio/mp4")
    assert b"".join(part.streaming_content) == SPOKEN[100:200]
    assert "no-store" in part["Cache-Control"]
    # What is no recording is saved, and not opened here: it may hold a script for the desk's own address.
    transcript = make_transcript(file.interview, "<script>Holt: It froze.</script>", name="x.html")
    answer = client.get(reverse("admin:desk_file", args=[transcript.file.name]))
    assert "attachment" in answer["Content-Disposition"]


# What words were compared with


@pytest.fixture
def interview(cast):
    return make_interview(
        make_source(), SAID, recorded_by=cast.reporter, interviewer="Maren Okafor"
    )


def words_on_record(interview):
    [quote] = Material(make_article(interviews=[interview])).quotes
    return quote


def test_what_the_machine_found_counts_for_the_words_that_it_looked_for(interview):
    make_transcript(
        interview, "WEBVTT\n\n00:07.000 --> 00:09.000\n<v Holt>Well, we lost the harbour."
    )
    quote = words_on_record(interview)
    assert (quote.checked.start, quote.checked.speaker) == (7.0, "Holt")
    assert quote.checked.by_machine
    # Whoever changes the words, and by whatever way: they are looked for anew.
    Quote.objects.update(words="We never lost the harbour.")
    quote = words_on_record(interview)
    assert quote.checked is None
    assert quote.contradicted.passage == "we lost the harbour."
    Quote.objects.update(words=SAID)
    assert words_on_record(interview).checked
    assert Comparison.objects.count() == 2


def test_what_was_misheard_is_no_check_until_somebody_listens(interview, cast, client):
    make_transcript(interview, "Holt: We lost the harbor.")
    kept(interview)
    quote = words_on_record(interview)
    assert (quote.checked, quote.contradicted) == (None, None)
    assert quote.nearly.passage == "We lost the harbor."
    client.force_login(cast.reporter)
    client.post(page(interview, "confirm", quote.pk), {"with": "recording", "words": SAID})
    quote = words_on_record(interview)
    assert (quote.checked.compared_with, quote.checked.by) == ("recording", cast.reporter)
    assert quote.nearly is None


def test_words_of_whoever_asked_are_nobodys_answer(interview):
    make_transcript(
        interview, "WEBVTT\n\n00:01.000 --> 00:04.000\n<v maren okafor>We lost the harbour."
    )
    quote = words_on_record(interview)
    assert quote.checked is None
    assert quote.contradicted.is_of_another


def test_a_contradiction_stands_until_another_has_listened(interview, cast, client):
    make_transcript(interview, SECRET)
    kept(interview)
    for who, is_contradicted in ((cast.reporter, True), (cast.editor, False)):
        client.force_login(who)
        quote = Quote.objects.get()
        client.post(page(interview, "confirm", quote.pk), {"with": "recording", "words": SAID})
        assert bool(words_on_record(interview).contradicted) == is_contradicted


def test_notes_confirm_and_contradict_nothing_and_become_a_transcript_at_a_press(
    interview, cast, client
):
    notes = make_transcript(interview, "Holt: Ask about the boats.", kind="notes", name="n.txt")
    quote = words_on_record(interview)
    assert (quote.checked, quote.contradicted) == (None, None)
    client.force_login(cast.reporter)
    client.post(page(interview, "count", notes.pk), {"kind": "transcript"})
    assert words_on_record(interview).contradicted
    client.post(page(interview, "count", notes.pk), {"kind": "recording"})
    assert InterviewFile.objects.get().kind == "transcript"
    another = make_transcript(interview, f"Holt: {SAID}", kind="notes", name="m.txt")
    assert words_on_record(interview).checked is None  # as long as the transcript has it otherwise
    notes.delete()
    assert words_on_record(interview).checked.compared_with == "notes"
    assert another.comparisons.get().by_machine


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"with": "recording"}, "Bring the recording in first"),
        ({"with": "notes"}, "Bring the notes in first"),
        ({"with": "source"}, "Say how the source confirmed it"),
        ({"with": "recording", "words": "We lost it."}, "The words were changed since"),
    ],
)
def test_nobody_stands_for_what_they_cannot_have_compared(interview, cast, client, sent, says):
    client.force_login(cast.reporter)
    quote = Quote.objects.get()
    answer = client.post(page(interview, "confirm", quote.pk), {"words": SAID} | sent, follow=True)
    assert says in told(answer)
    assert not Comparison.objects.exists()


@pytest.mark.parametrize(
    ("prepared", "sent"),
    [
        ({"kept_at": "the blue box"}, {"with": "notes"}),
        ({}, {"with": "source", "remark": "e-mail of 3 May"}),
    ],
)
def test_a_person_stands_for_it_by_name(interview, cast, client, prepared, sent):
    Interview.objects.update(**prepared)
    client.force_login(cast.editor)
    quote = Quote.objects.get()
    client.post(page(interview, "confirm", quote.pk), {"words": SAID} | sent)
    checked = words_on_record(interview).checked
    assert (checked.compared_with, checked.by, checked.by_machine) == (
        *(sent["with"], cast.editor, False),
    )


def test_the_machines_own_word_is_given_by_nobody(interview, cast, client):
    client.force_login(cast.reporter)
    quote = Quote.objects.get()
    sent = {"with": "transcript", "words": SAID}
    assert client.post(page(interview, "confirm", quote.pk), sent).status_code == 403


# In the story


def story_of(interview, cast):
    article = make_article(
        body=BODY.format("Holt" if interview.source.named else "a clerk"),
        interviews=[interview],
        assigned_to=cast.reporter,
        lead_photo=make_photo(),
    )
    make_byline(article)
    if not interview.source.named:
        make_approval(article, interview.source, by=cast.second_editor)
    return approve(article, cast.editor)


def test_whoever_may_not_open_the_transcript_is_told_that_the_words_are_not_in_it_and_no_more(
    cast, client
):
    interview = make_interview(make_anonymous(), SAID, recorded_by=cast.reporter)
    make_transcript(interview, SECRET)
    article = story_of(interview, cast)
    shown = {}
    for who in ("editor", "reporter"):
        client.force_login(getattr(cast, who))
        shown[who] = told(client.get(change_url(article)))
        assert "These words are not in the transcript" in shown[who]
    client.force_login(cast.editor)
    shown["move"] = told(
        client.get(reverse("admin:articles_article_move", args=[article.pk, "publish"]))
    )
    assert "These words are not in the transcript" in shown["move"]
    [finding] = [
        each for each in check(CheckedMaterial(article)) if each.code == "quote-not-in-transcript"
    ]
    with pytest.raises(Blocked) as blocked:
        publish(article, by=cast.editor)
    publish(article, by=cast.editor, overrides=_past(article))
    logged = Override.objects.get(code=finding.code)
    shown["log"] = f"{blocked.value} {logged.message} {logged.recorded} {finding.subject}"
    assert "never lost" in shown.pop("reporter")
    assert [name for name, words in shown.items() if "never lost" in words] == []


def _past(article):
    found = check(CheckedMaterial(article))
    return {each.key: "We have listened." for each in found if each.is_overridable}


def test_readers_are_told_what_was_done_and_the_file_stays(interview, cast, client):
    file = make_transcript(interview, f"Holt: {SAID} It froze.", by=cast.reporter)
    article = story_of(interview, cast)
    version = publish(article, by=cast.editor, overrides=_past(article))
    [quotation] = version.quotations
    assert (quotation["checked"], quotation["edited"]) == ("transcript", False)
    [words] = backings(version).values()
    assert words.words.endswith("Found in a transcript of the interview.")
    client.force_login(cast.editor)
    answer = client.post(page(interview, "remove", file.pk), follow=True)
    assert "Readers were told" in told(answer)
    assert file.file.storage.exists(InterviewFile.objects.get().file.name)


def test_a_file_that_nothing_rests_on_leaves_the_disk_with_its_row(
    interview, cast, client, django_capture_on_commit_callbacks
):
    file = make_transcript(interview, f"Holt: {SAID}", by=cast.reporter)
    words_on_record(interview)
    client.force_login(cast.reporter)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(interview, "remove", file.pk))
    assert not InterviewFile.objects.exists()
    assert not file.file.storage.exists(file.file.name)
    assert InterviewFile.history.filter(history_type="-").get().history_user == cast.reporter


@pytest.mark.parametrize(
    ("basis", "ends"),
    [
        ("recording", "Taken from a recording."),
        ("notes", "Taken from notes made as it was said."),
        ("written", "Received in writing."),
        ("copied", "2026."),
        ("", "2026."),
    ],
)
def test_of_what_was_not_compared_readers_are_told_how_it_was_heard(interview, cast, basis, ends):
    Quote.objects.update(basis=basis)
    [told_of] = backings(compose(Material(story_of(interview, cast)))).values()
    assert re.sub(r"\d{4}\.$", "2026.", told_of.words).endswith(ends)


def test_a_transcript_is_read_with_what_is_on_record_of_it(interview, cast, client):
    make_transcript(interview, "WEBVTT\n\n00:07.000 --> 00:09.000\n<v Holt>We lost the harbour.")
    recording = kept(interview)
    client.force_login(cast.second_reporter)
    shown = told(client.get(page(interview, "file", interview.files.first().pk)))
    assert "On record, as said here" in shown
    assert (
        f'data-play="7.0" data-of="{recording.pk}"'
        in client.get(page(interview, "file", interview.files.first().pk)).content.decode()
    )


# What an insider tries


def test_no_press_says_that_a_document_has_the_words(interview, cast, client):
    make_transcript(interview, SECRET)
    client.force_login(cast.reporter)
    quote = Quote.objects.get()
    for way in ("document", "transcript", "nothing"):
        sent = {"with": way, "words": SAID}
        assert client.post(page(interview, "confirm", quote.pk), sent).status_code == 403
    with pytest.raises(ValidationError):
        confirm(quote, "document", by=cast.reporter)
    assert words_on_record(interview).contradicted


def test_no_writer_of_the_story_listens_a_contradiction_away(interview, cast, client):
    make_transcript(interview, SECRET)
    kept(interview)
    article = make_article(
        body=BODY.format("Holt"), interviews=[interview], assigned_to=cast.second_reporter
    )
    quote = Quote.objects.get()

    def stands():
        return "quote-not-in-transcript" in {each.code for each in check(CheckedMaterial(article))}

    for who, is_contradicted in ((cast.second_reporter, True), (cast.editor, False)):
        confirm(quote, "recording", by=who)
        assert stands() == is_contradicted
    # An account that is gone listened to nothing.
    Comparison.objects.filter(by=cast.editor).update(by=None)
    assert stands()


def test_a_transcript_of_ones_own_silences_no_other(interview):
    make_transcript(interview, SECRET)
    make_transcript(interview, f"Holt: {SAID}", name="mine.vtt")
    quote = words_on_record(interview)
    assert quote.contradicted.passage
    assert quote.checked is None
    # In the second of two parts they are where they were said.
    InterviewFile.objects.all().delete()
    make_transcript(interview, "Holt: Ask about the boats, and who came.", name="one.vtt")
    make_transcript(interview, f"Holt: {SAID}", name="two.vtt")
    quote = words_on_record(interview)
    assert quote.checked
    assert quote.contradicted is None


def test_a_transcript_with_times_is_nobodys_notes(interview, cast, client):
    client.force_login(cast.reporter)
    upload = SimpleUploadedFile("call.vtt", VTT)
    client.post(page(interview, "bring"), {"files": [upload]})
    file = InterviewFile.objects.get()
    answer = client.post(page(interview, "count", file.pk), {"kind": "notes"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("who", "goes"), [("reporter", False), ("standards_editor", False), ("editor", True)]
)
def test_once_a_story_is_handed_in_another_editor_takes_a_file_away(
    interview, cast, client, who, goes
):
    file = make_transcript(interview, SECRET)
    article = make_article(
        body=BODY.format("Holt"), interviews=[interview], assigned_to=cast.standards_editor
    )
    make_move(article, "submit", by=cast.standards_editor)
    client.force_login(getattr(cast, who))
    client.post(page(interview, "remove", file.pk))
    assert InterviewFile.objects.exists() != goes


def test_the_recording_that_somebody_heard_stays_once_readers_are_told(interview, cast, client):
    recording = kept(interview)
    confirm(Quote.objects.get(), "recording", by=cast.editor)
    article = story_of(interview, cast)
    version = publish(article, by=cast.second_editor, overrides=_past(article))
    assert version.quotations[0]["checked"] == "recording"
    client.force_login(cast.second_editor)
    client.post(page(interview, "remove", recording.pk))
    assert InterviewFile.objects.exists()


def test_without_its_recording_nobody_has_heard_anything(interview, cast):
    recording = kept(interview)
    confirm(Quote.objects.get(), "recording", by=cast.editor)
    assert words_on_record(interview).checked
    recording.delete()
    assert words_on_record(interview).checked is None


@pytest.mark.parametrize(
    ("label", "is_same"),
    [
        ("Ada Holt", True),
        ("HOLT", True),
        ("Bo Crane", False),
        ("Okafor", False),
        ("Speaker 2", None),
    ],
)
def test_whose_words_they_are_in_the_transcript_counts(interview, label, is_same):
    cue = "00:0{0}.000 --> 00:0{0}.900\n<v {1}>{2}\n"
    other = "Ada Holt" if is_same is False else label
    make_transcript(
        interview,
        "WEBVTT\n\n" + cue.format(1, other, "And then?") + "\n" + cue.format(4, label, SAID),
    )
    assert bool(words_on_record(interview).checked) == (is_same is not False)


def test_whoever_may_not_open_the_files_changes_nothing_that_opens_them(cast, client):
    source = make_anonymous()
    interview = make_interview(source, SAID, recorded_by=cast.reporter)
    make_transcript(interview, SECRET, name="call with Jane Doe.vtt")
    client.force_login(cast.editor)
    change = reverse("admin:sources_interview_change", args=[interview.pk])
    form = told(client.get(change))
    assert 'name="terms"' not in form
    assert 'name="how"' in form
    delete = reverse("admin:sources_interview_delete", args=[interview.pk])
    assert client.get(delete).status_code == 403
    source.known_to.add(cast.editor)
    assert 'name="terms"' in told(client.get(change))
    answers = [client.get(path) for path in (delete, page(interview))]
    assert "Jane Doe" in told(answers[1])


def test_an_address_and_a_history_tell_no_name(interview, cast, caplog, client, monkeypatch):
    file = make_transcript(interview, SECRET, name="call with Jane Doe.vtt")
    assert "Jane" not in file.file.name
    assert not hasattr(InterviewFile.history.get(), "name")
    client.force_login(cast.reporter)
    answer = client.get(reverse("admin:desk_file", args=[file.file.name]))
    assert "Jane" in answer["Content-Disposition"]  # it is saved under its own


def test_with_its_interview_a_file_leaves_the_disk(interview, django_capture_on_commit_callbacks):
    file = make_transcript(interview, SECRET)
    with django_capture_on_commit_callbacks(execute=True):
        interview.delete()
    assert not file.file.storage.exists(file.file.name)


def test_by_what_somebody_unnamed_spoke_is_not_told(cast):
    interview = make_interview(make_anonymous(), SAID, recorded_by=cast.reporter, how="email")
    Quote.objects.update(basis="written")
    article = story_of(interview, cast)
    [quotation] = compose(Material(article)).quotations
    assert (quotation["basis"], quotation["checked"]) == ("", "")
    make_transcript(interview, f"Speaker 1: {SAID}")
    version = compose(Material(article))
    assert (version.quotations[0]["basis"], version.quotations[0]["checked"]) == ("", "kept")
    [shown] = backings(version).values()
    assert "Compared with what the newsroom keeps" in shown.words


def test_a_name_without_letters_is_taken(interview, cast, client):
    client.force_login(cast.reporter)
    for name in ("🎤", "会" * 120 + ".vtt", "..vtt"):
        InterviewFile.objects.all().delete()
        upload = SimpleUploadedFile(name, VTT)
        client.post(page(interview, "bring"), {"files": [upload]})
        assert InterviewFile.objects.get().is_searched, name


def test_words_that_a_person_confirmed_first_are_looked_for_once(interview, cast):
    make_transcript(interview, f"Holt: {SAID}", kind="notes", name="n.txt")
    confirm(Quote.objects.get(), "notes", by=cast.editor)
    for _ in range(3):
        assert words_on_record(interview).checked
    assert Comparison.objects.filter(by_machine=True).count() == 1


def test_the_list_of_interviews_leads_to_their_pages(interview, cast, client):
    client.force_login(cast.reporter)
    listed = client.get(reverse("admin:sources_interview_changelist")).content.decode()
    assert f'href="{page(interview)}"' in listed
