"""Rules about requests for comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..models import CommentRequest
from ..stages import Severity
from ..times import clock
from .checked_material import CheckedMaterial
from .rules import Found, Subject, rule

Outcome = CommentRequest.Outcome
# Somebody who acknowledged a request is not waited for any more, and yet has not answered.
_SILENT = (Outcome.WAITING, Outcome.DID_NOT_RESPOND, Outcome.COULD_NOT_BE_REACHED)
_UNANSWERED = (*_SILENT, Outcome.ACKNOWLEDGED_THEN_NOTHING)
_ANSWERED = (Outcome.RESPONDED, Outcome.ANSWERED_WITHOUT_ANSWERING)
ATTEMPTS = 2  # on as many channels, before a story says that somebody did not answer (NPR, 2018)


@rule("comment-not-sought", Severity.BLOCK, "AP; NYU; BBC: whoever is criticised is asked")
def comment_not_sought(story: CheckedMaterial) -> Iterator[Found]:
    for request in story.comment_requests:
        if not request.was_asked:
            yield Found(
                _("%(asked)s has not been asked for comment. Ask, and log it.")
                % {"asked": request.asked},
                remedy="comment_requests",
                subject=_request(request),
            )


@rule("comment-one-attempt", Severity.WARN, "NPR, 2018: try again, and another way")
def comment_one_attempt(story: CheckedMaterial) -> Iterator[Found]:
    for request in story.comment_requests:
        channels = {attempt.channel for attempt in request.attempts.all()}
        if request.was_asked and request.outcome in _UNANSWERED and len(channels) < ATTEMPTS:
            yield Found(
                _tried(request, bool(channels)),
                remedy="comment_requests",
                subject=_request(request, request.outcome, *sorted(channels)),
            )


def _tried(request: CommentRequest, is_logged: bool) -> str:
    if is_logged:
        message = _("%(asked)s has not answered, and was tried on one channel only. Try another.")
    else:
        message = _("%(asked)s has not answered, and no attempt is logged. Log what was tried.")
    return message % {"asked": request.asked}


@rule("comment-deadline-open", Severity.BLOCK, "Fairness: a deadline given is kept")
def comment_deadline_open(story: CheckedMaterial) -> Iterator[Found]:
    for request in story.comment_requests:
        is_waiting = request.outcome in _SILENT
        # Against the time at which the story will be out, which of a scheduled one lies ahead.
        if is_waiting and request.deadline and request.deadline > story.published_at:
            yield Found(
                _("%(asked)s was given until %(time)s to answer. Wait until then.")
                % {"asked": request.asked, "time": clock(request.deadline)},
                remedy="comment_requests",
                # Another deadline is another promise, and wants another reason to break it.
                subject=_request(request, int(request.deadline.timestamp())),
            )


# That somebody was asked and said nothing is part of the story, and fair to them.
@rule("comment-not-told", Severity.WARN, "BBC: say that they were asked, and what came of it")
def comment_not_told(story: CheckedMaterial) -> Iterator[Found]:
    for request in story.comment_requests:
        if request.outcome and not is_mentioned(request.asked, story.text):
            yield Found(
                _("The story does not say what came of asking %(asked)s: %(outcome)s. Add that.")
                % {"asked": request.asked, "outcome": request.get_outcome_display()},
                remedy="comment_requests",
                subject=_request(request, request.outcome),
            )


@rule("comment-late", Severity.WARN, "NPR: reopen the story when the answer comes")
def comment_late(story: CheckedMaterial) -> Iterator[Found]:
    if story.live is None:
        return
    # What readers know is what the live version holds, whatever the working copy says by now.
    carried = {(each["asked"], each["answer"]) for each in story.live.comment_requests}
    for request in story.comment_requests:
        came = request.outcome in _ANSWERED
        if came and (request.asked, request.answer) not in carried:
            yield Found(
                _("%(asked)s has answered, and readers do not know it. Publish an update.")
                % {"asked": request.asked},
                remedy="comment_requests",
                subject=_request(request, request.outcome, request.answer),
            )


def _request(request: CommentRequest, *more: str | int) -> Subject:
    return ("comment request", request.pk, request.asked, request.about, *more)


# A story writes “Quay Ferries”, whatever the register has after it.
_COMPANY = re.compile(
    r"(?: (?:&|and) Co\.?)?,? (?:Ltd|Limited|Inc|Incorporated|LLC|LLP|PLC|plc|Corp|Corporation|Co|Company|GmbH|"
    r"AG|SA|S\.A|SpA|BV|Oy|AB|Pty)\.?$"
)


def is_mentioned(asked: str, text: str) -> bool:
    """Does the story name whom it asked: “Turkish Embassy in Washington”, “the mayor”, a family name?"""
    who = re.sub(r"^(?:the|a|an) ", "", asked.split(",")[0].strip(), flags=re.IGNORECASE)
    who = _COMPANY.sub("", who)
    words = [who, re.split(r" (?:in|of|at|for) ", who)[0], who.split()[-1] if who else ""]
    # A short last word stands in any text, unless its capital says that it is a name.
    if len(words[-1]) < 4 and not words[-1][:1].isupper():
        words.pop()
    plain = re.sub(r"[’'‘]", "'", text).casefold()
    return any(
        word and re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", plain) for word in words
    )
