"""The seed story's four interviews get transcripts, in four formats and with what machines mishear: each of its
nineteen quoted segments is found at its time code.

What was said is read from the seed story; the talk around it is made up here.
"""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from articles.models import Article, Section
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check
from sources.evidence.bringing import bring
from sources.models import Quote

pytestmark = pytest.mark.django_db

APART = 20  # seconds from one statement to the next
ASKED = ["Could you say that again?", "What do you make of it?", "And how do you know?"]
MISHEARD = {
    "sheer": "shear",
    "they’re": "their",
    "won’t": "wont",
    "cells": "sells",
    "hornet’s": "hornets",
    "sovereignty.": "sovereignity",
    "Gulen": "Goulen",
}


def said(interview):
    """What each turn says and when: what the story quotes, misheard, between questions of ours."""
    at = 7.0
    for number, quote in enumerate(interview.quotes.order_by("pk")):
        yield at - 4, "Reporter", ASKED[number % len(ASKED)]
        words = [MISHEARD.get(word, word) for word in quote.words.split()]
        # A comma there is the story's: before “he said”.
        yield at, "Speaker 2", f"{' '.join(words).rstrip(',.')}."
        at += APART


def clock(seconds, mark="."):
    return f"00:{int(seconds) // 60:02}:{int(seconds) % 60:02}{mark}000"


def vtt(turns):
    cues = (f"{clock(at)} --> {clock(at + 3)}\n<v {who}>{words}\n" for at, who, words in turns)
    return "\n".join(["WEBVTT\n", *cues])


def srt(turns):
    return "\n".join(
        f"{number}\n{clock(at, ',')} --> {clock(at + 3, ',')}\n{who}: {words}\n"
        for number, (at, who, words) in enumerate(turns, 1)
    )


def otter(turns):
    return "\n".join(
        f"{who}  {int(at) // 60}:{int(at) % 60:02}\n{words}\n" for at, who, words in turns
    )


def whisper(turns):
    segments = [
        {"id": number, "start": at, "end": at + 3, "text": f" {words}"}
        for number, (at, _who, words) in enumerate(turns)
    ]
    return json.dumps({"text": "", "segments": segments, "language": "en"})


def test_every_quoted_segment_is_found_at_its_time_code(cast, shared):
    Section.objects.create(name="Security", slug="security")
    call_command("import_stories", str(shared / "seed" / "story.json"), by="reporter", verbosity=0)
    article = Article.objects.get()
    written = (vtt, srt, otter, whisper)
    expected = {}
    for write, interview in zip(written, article.interviews.order_by("pk"), strict=True):
        turns = list(said(interview))
        upload = SimpleUploadedFile(f"{write.__name__}.txt", write(turns).encode())
        assert bring(upload, interview, by=cast.reporter).kind == "transcript"
        answers = [at for at, who, _words in turns if who != "Reporter"]
        expected |= dict(zip(interview.quotes.order_by("pk"), answers, strict=True))
    material = CheckedMaterial(article)
    found = {each.quote: each.quote for each in material.matches if each.quote}
    assert len(found) == len([each for each in material.matches if each.quote]) == 19
    heard = {quote: (quote.checked or quote.nearly) for quote in found}
    assert {quote: place and place.start for quote, place in heard.items()} == expected
    misheard = [quote for quote in found if quote.nearly]
    assert 2 <= len(misheard) <= 8, "some were misheard, and most were not"
    assert "quote-not-in-transcript" not in {each.code for each in check(material)}
    # And the other way round: what none of them said is told.
    Quote.objects.filter(words__startswith="They lost the battle").update(
        words="They won the battle against the coalition forces,"
    )
    [quote] = [each for each in CheckedMaterial(article).quotes if each.contradicted]
    assert quote.contradicted.start == expected[quote]
