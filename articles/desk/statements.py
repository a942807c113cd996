"""Sentences that a story owes its readers, worded from the records for its writer to insert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sources.attribution import anonymity_statement
from sources.models import Source

from ..models import CommentRequest

Outcome = CommentRequest.Outcome
# Not of somebody who responded: their answer stands in the story.
_SAYS = {
    Outcome.WAITING: "did not immediately respond to {requests} for comment",
    Outcome.DECLINED: "declined to comment",
    Outcome.DID_NOT_RESPOND: "did not respond to {requests} for comment",
    Outcome.COULD_NOT_BE_REACHED: "could not be reached for comment",
    Outcome.ANSWERED_WITHOUT_ANSWERING: "responded to {requests} for comment, but did not answer",
    Outcome.ACKNOWLEDGED_THEN_NOTHING: "acknowledged {requests} for comment, and then did not answer",
}


def statement(sources: list[Source], requests: Iterable[CommentRequest]) -> str:
    """Why sources are not named, and who was asked for comment and gave none. May be empty."""
    return " ".join(filter(None, [anonymity_statement(sources), *_unanswered(requests)]))


def _unanswered(requests: Iterable[CommentRequest]) -> Iterator[str]:
    for request in requests:
        said = _SAYS.get(Outcome(request.outcome))
        if said and request.was_asked:
            times = "requests" if len(request.attempts.all()) > 1 else "a request"
            asked = request.asked[:1].upper() + request.asked[1:]
            yield f"{asked} {said.format(requests=times)}."
