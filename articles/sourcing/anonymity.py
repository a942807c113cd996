"""Rules about sources who are not named, and about how many sources there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from sources.attribution import telling
from sources.colleagues import name_of
from sources.models import Interview, Source
from sources.positions import joined
from sources.prose.descriptions import (
    Reference,
    is_anybody,
    is_rote,
    is_vague,
    later_references,
    many_speaking,
    one_speaking,
    roles,
    tells_reason,
)
from sources.prose.unnamed import Claim, claims

from ..duties import DUTIES, barred
from ..models import AnonymityApproval, CommentRequest
from ..stages import Severity
from .checked_material import CheckedMaterial
from .rules import Found, Subject, quoted, rule

CONFIRM = "articles.confirm_anonymityapproval"


# The AP has a manager approve every use, not a source once and for all. `is_approved` holds for
# the words that were approved: told otherwise, the source is another matter.
@rule("anonymity-unapproved", Severity.BLOCK, "AP: the manager approves each use")
def anonymity_unapproved(story: CheckedMaterial) -> Iterator[Found]:
    for source in story.anonymous:
        approval = story.approvals.get(source.pk)
        if not (approval and approval.is_approved):
            yield Found(
                _(
                    "No editor has approved the anonymity of “%(source)s” in these words. Ask an editor "
                    "to decide on it."
                )
                % {"source": quoted(source.description)},
                remedy="anonymity_approvals",
                subject=_told_of(source, source.authorization),
            )


# Whoever vouches for a source has to know who it is: otherwise the reporter alone does.
@rule("anonymity-editor-does-not-know", Severity.BLOCK, "NYT: at least one editor knows who it is")
def anonymity_editor_does_not_know(story: CheckedMaterial) -> Iterator[Found]:
    for approval in story.approvals.values():
        knows = {user.pk for user in approval.source.known_to.all()}
        if approval.is_approved and approval.decided_by_id not in knows:
            yield Found(
                _(
                    "%(editor)s approved “%(source)s” without knowing who it is. Tell them, or ask an "
                    "editor who knows."
                )
                % {
                    "editor": name_of(approval.decided_by),
                    "source": quoted(approval.source.description),
                },
                remedy="anonymity_approvals",
                subject=_told_of(approval.source, "decided by", approval.decided_by_id),
            )


# Absolute, because an override would be one more decision of the same person.
@rule("anonymity-self-approved", Severity.ABSOLUTE, "Separation of duties")
def anonymity_self_approved(story: CheckedMaterial) -> Iterator[Found]:
    for approval in story.approvals.values():
        decider = approval.decided_by
        if not (approval.is_approved and decider):
            continue
        if barred(DUTIES["approve_anonymity"], decider.pk, story.involvement_in(approval)):
            yield Found(
                _(
                    "%(editor)s wrote the story, or asked for the anonymity, and approved “%(source)s”. "
                    "Ask another editor to decide."
                )
                % {"editor": name_of(decider), "source": quoted(approval.source.description)},
                subject=_told_of(approval.source, "decided by", decider.pk),
            )


# SPJ's code of ethics: explain why anonymity was granted. Readers are to weigh it for themselves.
@rule("anonymity-reason-missing", Severity.BLOCK, "SPJ; JTI 12.1: readers are told why")
def anonymity_reason_missing(story: CheckedMaterial) -> Iterator[Found]:
    """Of one source the text may tell it anywhere; of more it says of whom, or “both”."""
    for source in story.anonymous:
        names = [source.description, source.later_reference] if len(story.anonymous) > 1 else []
        if not source.reason.strip() and not tells_reason(story.narrative, names):
            yield Found(
                _(
                    "Readers are not told why “%(source)s” is not named. Give the reason, in the record "
                    "or in the text."
                )
                % {"source": quoted(source.description)},
                *story.place_of(source.description),
                subject=_told_of(source),
            )


@rule("anonymity-reason-rote", Severity.WARN, "NYT memorandum, 2010: a reason, not a formula")
def anonymity_reason_rote(story: CheckedMaterial) -> Iterator[Found]:
    for source in story.anonymous:
        if is_rote(source.reason):
            yield Found(
                _("“%(reason)s” is only a formula. Say what would happen to “%(source)s” if named.")
                % {"reason": quoted(source.reason), "source": quoted(source.description)},
                *story.place_of(source.reason),
                subject=_told_of(source),
            )


# “A source” or “an official” lets no reader judge how they would know.
@rule("anonymity-description-vague", Severity.BLOCK, "AP Stylebook; NPR: say why they would know")
def anonymity_description_vague(story: CheckedMaterial) -> Iterator[Found]:
    for source in story.anonymous:
        if is_vague(source.description):
            yield Found(
                _vaguely(source.description),
                *story.place_of(source.description),
                subject=("source", source.pk, source.description),
            )
    # What the record has was found above.
    described = {source.description.casefold() for source in story.anonymous}
    seen: set[str] = set()
    for said in sorted(_vague(story), key=_start):
        words = said.words.casefold()
        if words not in described | seen:
            seen.add(words)
            yield Found(
                _vaguely(said.words),
                said.start,
                said.end,
                subject=("words", words),
            )


def _vaguely(words: str) -> str:
    return _(
        "“%(words)s” does not say why they would know. Describe them more closely, as far as was agreed."
    ) % {"words": quoted(words)}


def _vague(story: CheckedMaterial) -> Iterator[Reference]:
    """“a source said”, “an official said”, “sources say”; other plurals are a matter of how many."""
    bare = ("source", "official", "person", "insider", "individual")
    one = (said for said in one_speaking(story.narrative) if said.role in bare)
    many = (said for said in many_speaking(story.narrative) if said.role == "source")
    for said in (*one, *many):
        if is_vague(said.words) and not _goes_on(story, said.end):
            yield said


def _goes_on(story: CheckedMaterial, end: int) -> bool:
    """“a source with access to the log”"""
    return re.match(r" (?:with|in|at|of|from|who|close|on)\b", story.text[end:]) is not None


# The careful reporter's sources are in the record; the others would pass unchecked.
@rule("anonymity-unrecorded", Severity.BLOCK, "AP; NYT: the newsroom knows who it relies on")
def anonymity_unrecorded(story: CheckedMaterial) -> Iterator[Found]:
    told: set[str] = set()
    # Of a source that says nothing of itself, the rule above has told.
    vague = {said.start for said in _vague(story)}
    sentence_end = -1
    for claim in claims(story.narrative):
        words = claim.words.casefold()
        if claim.start < sentence_end or claim.start in vague or _is_recorded(story, claim):
            continue
        # A sentence has one finding: “a diplomat who asked not to be named” is one person.
        sentence_end = _sentence_end(story.narrative, claim.end)
        if words not in told:
            told.add(words)
            yield Found(
                _(
                    "No source of this story is recorded who could be “%(words)s”. Record who it is, or "
                    "say it on the word of somebody recorded."
                )
                % {"words": quoted(claim.words)},
                claim.start,
                claim.end,
                subject=("words", words),
            )


def _sentence_end(text: str, at: int) -> int:
    found = re.compile(r"[.?!](?=\s|$)|\n").search(text, at)
    return found.start() if found else len(text)


def _is_recorded(story: CheckedMaterial, claim: Claim) -> bool:
    """Has the record as many people as the words may mean?"""
    if not claim.role:
        # “The Courier understands”, “on condition of anonymity”: whom it has is told nowhere.
        terms = {interview.terms for interview in story.interviews}
        return bool(story.anonymous) or bool(terms - {Interview.Terms.ON_THE_RECORD})
    fitting = [source for source in story.sources if _may_be(source, claim)]
    return len(fitting) >= claim.number or _is_named_later(story, claim)


def _is_named_later(story: CheckedMaterial, claim: Claim) -> bool:
    """“A former minister called it “a farce”.”, and below it who that was: the record has the words.

    Not of a source, an insider, an expert: by such words nobody is announced.
    """
    return not is_anybody(claim.role) and any(
        each.quote and each.quotation.speaker and each.quotation.speaker in claim.words
        for each in story.matches
        if abs(each.quotation.start - claim.start) < _NEAR
    )


_NEAR = 300  # characters, about a sentence


def _may_be(source: Source, claim: Claim) -> bool:
    if source.named:
        titles = " ".join(affiliation.title for affiliation in source.affiliations.all())
        return not is_anybody(claim.role) and claim.role in roles(titles)
    described = f"{source.description} {source.later_reference}"
    is_same_role = is_anybody(claim.role) or claim.role in roles(described)
    # Told more of than was agreed, it is somebody else, or a source who is given away.
    return is_same_role and telling(claim.described) - {claim.role} <= telling(described)


@rule("anonymity-description-drift", Severity.WARN, "Accuracy: an analyst stays an analyst")
def anonymity_description_drift(story: CheckedMaterial) -> Iterator[Found]:
    if not story.anonymous:
        return
    theirs = set().union(*(roles(f"{s.description} {s.later_reference}") for s in story.anonymous))
    known = theirs | _roles_of_named(story)
    told: set[str] = set()
    for said in later_references(story.narrative):
        # “Source” or “person” fits an analyst and an official alike: nobody drifts to it.
        if said.role not in known | told and not is_anybody(said.role) and theirs:
            told.add(said.role)
            yield Found(
                _(
                    "“%(words)s”: who is not named was something else before (%(roles)s). Call them the "
                    "same throughout."
                )
                % {"words": quoted(said.words), "roles": joined(sorted(theirs))},
                said.start,
                said.end,
                subject=("words", said.words.casefold(), *sorted(theirs)),
            )


def _roles_of_named(story: CheckedMaterial) -> set[str]:
    """What named sources are, and whoever the text names by a title: Officer Jane Roe."""
    found = roles(" ".join(re.findall(r"\b\w+(?= [A-Z])", story.narrative)))
    for source in story.sources:
        if source.named:
            for affiliation in source.affiliations.all():
                found |= roles(affiliation.title)
    return found


# The AP's first condition: it is information, not opinion or speculation. No program reads that in
# a text, so whoever asks attests it.
@rule("anonymity-opinion", Severity.BLOCK, "AP; Reuters; NPR: information, not opinion or attack")
def anonymity_opinion(story: CheckedMaterial) -> Iterator[Found]:
    for approval in story.approvals.values():
        if not approval.information:
            yield Found(
                _(
                    "Nobody attests that “%(source)s” gives information, and not opinion or attack. "
                    "Attest it, or leave it out."
                )
                % {"source": quoted(approval.source.description)},
                remedy="anonymity_approvals",
                subject=_told_of(approval.source),
            )


# Readers cannot weigh the source, so somebody has to stand for the story by name.
@rule("anonymity-no-byline", Severity.BLOCK, "AP: somebody answers for it by name")
def anonymity_no_byline(story: CheckedMaterial) -> Iterator[Found]:
    if story.anonymous and not story.bylines:
        yield Found(
            _("Sources are not named, and neither is the writer. Add a byline."),
            remedy="bylines",
            subject=("sources", *(source.pk for source in story.anonymous)),
        )


# Whose verb it is: “the clerk later declined to comment”, not “the clerk said the mayor declined to”.
_DECLINES = (
    r"\b(?:{})(?: and the \w+)?,? (?:also |later |has |had |then |himself |herself )*"
    r"(?:(?:declined|refused) to comment|would not comment|did not (?:respond|answer)\b(?! to the)|"
    r"did not return (?:\w+ ){{0,3}}?(?:calls?|messages?|e-?mails?|requests?)\b(?! from)|could not be reached)"
)


# Absolute: readers would be told that somebody did not speak, beside what they said.
@rule("anonymity-also-declined", Severity.ABSOLUTE, "AP: nobody is quoted and said not to comment")
def anonymity_also_declined(story: CheckedMaterial) -> Iterator[Found]:
    for source in story.anonymous:
        names = [name for name in (source.description, source.later_reference) if name]
        for request in story.comment_requests:
            if request.outcome in _NO_COMMENT and _is_the_same(request.asked, names, source):
                yield Found(
                    _(
                        "“%(source)s” speaks in the story, and did not comment as “%(asked)s”. Tell "
                        "readers one or the other."
                    )
                    % {"source": quoted(source.description), "asked": quoted(request.asked)},
                    remedy="comment_requests",
                    subject=_told_of(source, "comment request", request.pk, request.asked),
                )
        for name in names:
            said = re.search(_DECLINES.format(_again(name)), story.narrative, re.IGNORECASE)
            if said:
                yield Found(
                    _(
                        "“%(source)s” speaks in the story, which says that they did not comment. Take "
                        "one or the other out."
                    )
                    % {"source": quoted(source.description)},
                    *said.span(),
                    subject=_told_of(source),
                )
                break


def _again(name: str) -> str:
    """What a story may call them: “a clerk at the mill” is “the clerk at the mill” the next time."""
    again = re.sub(r"^(?:an?|one) ", "the ", name, flags=re.IGNORECASE)
    return "|".join(map(re.escape, (name, again)))


_NO_COMMENT = frozenset(CommentRequest.Outcome.values) - {"", CommentRequest.Outcome.RESPONDED}
_ARTICLE = re.compile(r"^(?:the|a|an|one) ", re.IGNORECASE)


def _is_the_same(asked: str, names: list[str], source: Source) -> bool:
    """Is it they who were asked, by their description or by a position that the desk knows?"""
    positions = [
        f"{a.title} {a.organization.name if a.organization else a.place}"
        for a in source.affiliations.all()
        if a.title
    ]
    return _levelled(asked) in map(_levelled, [*names, *positions])


def _levelled(who: str) -> str:
    """Without article and punctuation: “spokesperson harbour board”."""
    return re.sub(r"\W+", " ", _ARTICLE.sub("", who)).strip().casefold()


# “Sources say” for one source makes a story look better founded than it is.
@rule("anonymity-plural", Severity.WARN, "Reuters: sources in the plural are two at least")
def anonymity_plural(story: CheckedMaterial) -> Iterator[Found]:
    told: set[str] = set()
    for said in sorted(many_speaking(story.narrative), key=_start):
        behind = _behind(story, said.role)
        if behind < 2 and said.role not in told:
            told.add(said.role)
            yield Found(
                _too_few(said.words, behind),
                said.start,
                said.end,
                subject=("words", said.words.casefold(), behind),
            )


def _too_few(words: str, behind: int) -> str:
    if behind:
        message = _(
            "“%(words)s” are two at least, and one source of this kind is recorded. Record another, or "
            "write of one."
        )
    else:
        message = _(
            "“%(words)s” are two at least, and no source of this kind is recorded. Record them, or say who "
            "it was."
        )
    return message % {"words": quoted(words)}


def _behind(story: CheckedMaterial, role: str) -> int:
    """How many recorded sources may be meant by the plural of a noun."""
    # “People” and “sources” may be any of them, named ones as well.
    if is_anybody(role):
        return len(story.sources)
    titles = (
        {source.description, source.later_reference}
        | {affiliation.title for affiliation in source.affiliations.all()}
        for source in story.sources
    )
    return sum(role in roles(" ".join(each)) for each in titles)


def _start(said: Reference) -> int:
    return said.start


# How central a source is cannot be counted; that no source at all is named can.
@rule("anonymity-central", Severity.BLOCK, "NYT; BBC: a standards editor approves too")
def anonymity_central(story: CheckedMaterial) -> Iterator[Found]:
    if not story.sources or len(story.anonymous) < len(story.sources):
        return
    approvals = [story.approvals.get(source.pk) for source in story.anonymous]
    if not all(approval and _is_confirmed(approval, story) for approval in approvals):
        yield Found(
            _("No source of this story is named. Ask a standards editor to approve it as well."),
            remedy="anonymity_approvals",
            subject=("sources", *(source.pk for source in story.anonymous)),
        )


def _is_confirmed(approval: AnonymityApproval, story: CheckedMaterial) -> bool:
    confirmer = approval.confirmed_by_id
    involvement = story.involvement_in(approval)
    return bool(confirmer and not barred(DUTIES["confirm_anonymity"], confirmer, involvement))


@rule("single-source", Severity.WARN, "BBC 3.3.4; AP: more than one source")
def single_source(story: CheckedMaterial) -> Iterator[Found]:
    if len(story.sources) == 1:
        [source] = story.sources
        yield Found(
            _("The story rests on one source, %(source)s. Look for another.")
            % {"source": source.public_name},
            subject=("source", source.pk),
        )


def _told_of(source: Source, *more: str | int | None) -> Subject:
    """A source in the words in which readers are told of them: in others it is another matter."""
    return ("source", source.pk, source.description, source.reason, *more)
