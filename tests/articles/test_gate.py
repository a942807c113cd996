"""The gate: what the check stops, and how an editor goes past it with a reason that is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Override
from articles.publishing.door import publish, publish_due, publish_update
from articles.publishing.workflow import Blocked, MoveRefused, make_move
from articles.sourcing.checked_material import CheckedMaterial
from articles.sourcing.checking import check
from articles.stages import Severity
from tests.factories import approve, make_article, make_interview, make_source

pytestmark = pytest.mark.django_db

SAID = "<p>“We lost the whole harbour,” said Ada Holt.</p>"


def test_a_newsroom_weighs_rules_itself_but_not_the_absolute_ones(cast, settings):
    settings.SOURCING_RULES = {"single-source": "block", "story-incomplete": "note"}
    article = make_article(
        body=SAID, deck="", interviews=[make_interview(make_source(), "We lost the whole harbour.")]
    )
    weights = {finding.code: finding.severity for finding in check(CheckedMaterial(article))}
    assert weights["single-source"] is Severity.BLOCK
    assert weights["story-incomplete"] is Severity.ABSOLUTE


def blocked(cast, **fields):
    article = approve(make_article(body=SAID, **fields), cast.editor)
    with pytest.raises(Blocked) as refusal:
        publish(article, by=cast.editor)
    return article, refusal.value.findings


def test_an_editor_publishes_past_a_finding_and_the_reason_is_kept(cast):
    article, [finding] = blocked(cast)
    with pytest.raises(Blocked):
        publish(article, by=cast.editor, overrides={finding.key: "  "})
    publish(article, by=cast.editor, overrides={finding.key: "It was broadcast."})
    kept = Override.objects.get()
    assert (kept.code, kept.reason, kept.by) == (
        "quote-unrecorded",
        "It was broadcast.",
        cast.editor,
    )
    assert [f.overridden for f in check(CheckedMaterial(article)) if f.code == kept.code] == [
        "It was broadcast."
    ]
    Article.objects.filter(pk=article.pk).update(headline="Harbour lost")
    publish_update(article, by=cast.editor, kind="development", note="Headline.")
    Article.objects.filter(pk=article.pk).update(
        body=SAID + "<p>“It never froze,” said Bo Lind.</p>"
    )
    with pytest.raises(Blocked, match="It never froze"):
        publish_update(article, by=cast.editor, kind="development", note="Adds Lind.")


def test_a_reason_kept_when_it_was_scheduled_holds_when_it_is_due(cast):
    article, [finding] = blocked(cast)
    at = timezone.now() + timedelta(hours=1)
    make_move(article, "schedule", by=cast.editor, at=at, overrides={finding.key: "Broadcast."})
    Article.objects.update(scheduled_at=timezone.now() - timedelta(minutes=1))
    assert len(list(publish_due())) == 1


def test_a_move_that_fails_keeps_no_reason(cast):
    article, findings = blocked(cast, deck="")
    reasons = {finding.key: "Never mind." for finding in findings}
    with pytest.raises(Blocked, match="no deck"):
        publish(article, by=cast.editor, overrides=reasons)
    assert not Override.objects.exists()


def test_only_an_editor_goes_past_the_check(cast):
    article, [finding] = blocked(cast)
    cast.editor.groups.clear()
    for name in ("see_every_article", "publish_article"):
        permission = cast.second_editor.groups.get().permissions.get(codename=name)
        cast.editor.user_permissions.add(permission)
    editor = type(cast.editor).objects.get(pk=cast.editor.pk)
    with pytest.raises(MoveRefused, match="Only an editor"):
        publish(article, by=editor, overrides={finding.key: "Broadcast."})
    assert not article.versions.exists()
