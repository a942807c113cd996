"""Anybody verifies a story from its public addresses alone, with the verifier that ships with the project."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from articles.models import Article, Update
from articles.publishing.correcting import Replacement
from articles.publishing.door import correct, publish_update
from tests.factories import make_interview, make_live, make_photo, make_source

pytestmark = pytest.mark.django_db
VERIFY = Path(__file__).parents[2] / "docs" / "verify.py"


@pytest.fixture
def corrected(cast):
    """A story of three versions, with a photo and a quotation."""
    said = make_interview(make_source("Ada Holt"), "It froze.")
    body = "<p>“It froze.” Ada Holt said on <em>Monday</em> – ice 冰.</p>"
    article = make_live(
        cast.editor, body=body, interviews=[said], lead_photo=make_photo(), slug="first"
    )
    replaced = [Replacement("Monday", "Sunday")]
    correct(article, replaced, by=cast.editor, note="It was Sunday.")
    Article.objects.filter(pk=article.pk).update(deck="Another deck", slug="second")
    publish_update(
        Article.objects.get(pk=article.pk),
        by=cast.editor,
        kind=Update.Kind.DEVELOPMENT,
        note="More.",
    )
    return article


def served(client, article):
    history = article.live_version.get_history_url()
    return [client.get(f"{history}{number}.json") for number in (1, 2, 3)]


def verify(tmp_path, texts):
    files = []
    for number, text in enumerate(texts, 1):
        files.append(tmp_path / f"{number}.json")
        files[-1].write_bytes(text)
    command = [sys.executable, "-I", VERIFY, *files]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_served_proofs_of_a_corrected_story_hold(client, corrected, tmp_path):
    answers = served(client, corrected)
    ran = verify(tmp_path, [answer.content for answer in answers])
    assert (ran.returncode, ran.stderr) == (0, "")
    for version, answer in zip(corrected.versions.order_by("number"), answers, strict=True):
        assert version.content_hash in ran.stdout
        assert answer["Cache-Control"] == "no-store"
        assert not answer.has_header("ETag")
        assert set(answer.json()) == {"header", "content", "seeds", "commitments", "content_hash"}


def test_a_forged_word_and_a_missing_version_are_found(client, corrected, tmp_path):
    texts = [answer.content for answer in served(client, corrected)]
    forged = json.loads(texts[1])
    forged["content"]["headline"] += " "
    assert verify(tmp_path, [texts[0], json.dumps(forged).encode(), texts[2]]).returncode == 1
    assert verify(tmp_path, [texts[0], texts[2]]).returncode == 1
    assert verify(tmp_path, texts).returncode == 0


def test_an_old_address_leads_to_the_proof_and_a_version_that_is_none_to_nothing(client, corrected):
    first = corrected.versions.get(number=1)
    moved = client.get(f"{first.get_history_url()}1.json")
    assert moved.status_code == 301
    assert moved["Location"] == f"{corrected.live_version.get_history_url()}1.json"
    assert client.get(f"{corrected.live_version.get_history_url()}4.json").status_code == 404
    assert client.post(moved["Location"]).status_code == 405
