"""What readers are shown of the evidence itself: an editor decides on each, and of what was not on the record two do."""

from __future__ import annotations

import hashlib
import logging
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from sources.evidence.sound import cut
from sources.models import Comparison, InterviewFile, Quote

from ...duties import DUTIES, Involved, Involvement, barred
from ...media.storage import digest_of
from ...models import Article, Exhibit
from ...record.material import Material
from ..base import about_story, key_of
from ..sources.interview_files import recording_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

DECIDE = "articles.decide_exhibit"
AROUND = 160  # characters of a document that are shown before a passage, and behind it
SECONDS = 10  # of sound, where nobody says otherwise
LEAD_IN = 1  # seconds before the words

WITHDRAWN = "Readers are not shown it any more, from the next publication on."

logger = logging.getLogger(__name__)


class Passage(NamedTuple):
    """Words of a document, with what stands around them."""

    at: Comparison
    before: str
    words: str
    after: str


class Shown(NamedTuple):
    """A quotation of the story: what readers are shown of the evidence, and what they could be."""

    quote: Quote
    exhibit: Exhibit | None
    passage: Passage | None
    recording: InterviewFile | None
    start: float | None  # where the words are heard, less what leads in; None where nobody knows
    unnamed: bool  # then nobody is heard
    may_confirm: bool  # is this person the second editor that it may want?

    def as_seen(self) -> str:
        """A digest of all that an editor decides on, to tell whether it has changed since."""
        exhibit, passage = self.exhibit, self.passage
        seen = [
            *(self.quote.pk, self.quote.words, self.quote.interview.terms),
            exhibit and (exhibit.pk, exhibit.confirmed_by_id),
            passage and (passage.before, passage.words, passage.after),
            self.recording and self.recording.digest,
        ]
        return hashlib.sha256(repr(seen).encode()).hexdigest()

    @property
    def is_stale(self) -> bool:
        """Was it decided for other words than those that are recorded now?"""
        return self.exhibit is not None and self.exhibit.words != self.quote.words

    @property
    def is_something(self) -> bool:
        """Is there anything to decide on?"""
        return bool(self.exhibit or self.passage or (self.recording and not self.unnamed))


def exhibits(request: HttpRequest, pk: int) -> HttpResponse:
    """What readers are shown of a story's evidence, and whoever may decides on it."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    user = request.user
    if not user.has_perm("sources.view_interview"):
        raise PermissionDenied
    material = Material(article)
    shown = evidence_of(material, user)
    closed = article.exhibits.exclude(quote__in=[each.quote.pk for each in shown])
    closed = closed.select_related("decided_by", "quote__interview__source")
    if request.method == "POST":
        if not user.is_authenticated or not user.has_perm(DECIDE):
            raise PermissionDenied
        if "closed" in request.POST:
            closed.filter(pk=key_of(request.POST["closed"])).delete()
            messages.success(request, WITHDRAWN)
        else:
            _decide(request, material, shown, user)
        return HttpResponseRedirect(reverse("admin:articles_article_exhibits", args=[pk]))
    return about_story(
        request,
        "admin/articles/article/exhibits.html",
        article,
        shown=[each for each in shown if each.is_something],
        others=[each.quote for each in shown if not each.is_something],
        closed=list(closed),
        seconds=SECONDS,
        longest=Exhibit.LONGEST,
        may_decide=user.has_perm(DECIDE),
    )


def evidence_of(material: Material, user: User | AnonymousUser) -> list[Shown]:
    """Each quote of the story once, in the order of the text, of the interviews whose files this person may open."""
    visible = InterviewFile.objects.visible_to(user).without_contents()
    files: dict[int, list[InterviewFile]] = {}
    for file in visible.filter(interview__in=material.interviews).select_related("interview"):
        files.setdefault(file.interview_id, []).append(file)
    quotes = [each.quote for each in material.matches if each.quote and each.is_backed]
    documents: dict[int, list[str]] = {}
    return [
        _shown_of(quote, material, files.get(quote.interview_id, []), documents, user)
        for quote in dict.fromkeys(quotes)
        if quote.interview.is_quotable_to_readers and quote.interview.opens_its_files_to(user)
    ]


def _shown_of(
    quote: Quote,
    material: Material,
    files: list[InterviewFile],
    documents: dict[int, list[str]],
    user: User | AnonymousUser,
) -> Shown:
    exhibit = material.exhibits.get(quote.pk)
    recording = next((each for each in files if each.kind == InterviewFile.Kind.RECORDING), None)
    start = None
    for at in quote.compared:
        if at.start is not None and at.file and not at.is_of_another:
            start = max(at.start - LEAD_IN, 0)
            recording = recording_of(at.file, files) or recording
            break
    unnamed = not quote.interview.source.named
    may_confirm = _waits(exhibit) and not _barred(material, exhibit, user)
    passage = _passage(quote, documents)
    return Shown(quote, exhibit, passage, recording, start, unnamed, may_confirm)


def _waits(exhibit: Exhibit | None) -> bool:
    """Does it stand but for a second editor?"""
    if exhibit is None or exhibit.words != exhibit.quote.words:
        return False
    return exhibit.wants_another and exhibit.confirmed_by_id is None


def _passage(quote: Quote, documents: dict[int, list[str]]) -> Passage | None:
    """Where the words stand in a document, and what stands there around them; `documents` keeps what was read."""
    checked = quote.checked
    is_there = checked and checked.compared_with == Comparison.With.DOCUMENT and checked.passage
    if checked is None or not is_there or checked.file is None or checked.segment is None:
        return None
    if checked.file.pk not in documents:
        file = InterviewFile.objects.get(pk=checked.file.pk)
        documents[file.pk] = [
            " ".join(word.text for word in each.words) for each in file.transcript().segments
        ]
    said = documents[checked.file.pk]
    # The passage may begin in one paragraph and end in another.
    first, last = max(checked.segment - 1, 0), checked.segment + 3
    before, found, after = " ".join(said[first:last]).partition(checked.passage)
    if not found:
        return Passage(checked, "", checked.passage, "")
    return Passage(checked, _end_of(before), checked.passage, _beginning_of(after))


def _end_of(text: str) -> str:
    if len(text) <= AROUND:
        return text.strip()
    return f"… {text[-AROUND:].partition(' ')[2]}".strip()


def _beginning_of(text: str) -> str:
    return text.strip() if len(text) <= AROUND else f"{text[:AROUND].rpartition(' ')[0]} …".strip()


def _decide(request: HttpRequest, material: Material, shown: list[Shown], user: User) -> None:
    """Does what was pressed, and tells what became of it."""
    key = key_of(request.POST.get("quote", ""))
    wanted = next((each for each in shown if each.quote.pk == key), None)
    # What somebody decides on is what they saw and heard.
    if wanted is None or request.POST.get("seen") != wanted.as_seen():
        messages.error(
            request, "Something was changed since you opened this page. Look at it again."
        )
        return
    try:
        told = _press(request, material, wanted, user)
        messages.success(request, told)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    except IntegrityError:
        messages.error(request, "Another editor has just decided on this.")
    except OSError as error:
        logger.error("A sound could not be kept: errno %s", error.errno)
        messages.error(request, f"The newsroom’s disk could not keep it ({error.strerror}).")


def _press(request: HttpRequest, material: Material, shown: Shown, user: User) -> str:
    """What was done, in words. Raises `ValidationError`, `IntegrityError` and `OSError`."""
    pressed, exhibit = request.POST.get("press", ""), shown.exhibit
    if pressed == "withdraw" and exhibit:
        exhibit.delete()
        return WITHDRAWN
    if pressed == "confirm" and exhibit:
        _confirm(material, exhibit, user)
        return "Confirmed, in your name."
    if exhibit and not shown.is_stale:
        raise ValidationError("That was decided already.")
    if pressed == "passage":
        made = show_passage(material.article, shown, by=user)
    elif pressed == "sound":
        start, seconds = (_number(request.POST.get(name, "")) for name in ("start", "seconds"))
        if start is None or seconds is None or not 1 <= seconds <= Exhibit.LONGEST:
            raise ValidationError(f"Say from which second, and how many: 1 to {Exhibit.LONGEST}.")
        agreed = request.POST.get("agreed", "").replace("\x00", "").strip()
        made = let_hear(material.article, shown, start, seconds, agreed, by=user)
    else:
        raise PermissionDenied
    if made.wants_another:
        return "Decided. It was not said on the record: a second editor confirms it."
    return "Decided. Readers are shown it from the next publication on."


def _barred(material: Material, exhibit: Exhibit | None, user: User | AnonymousUser) -> str:
    """Why this person leaves it to another to confirm; empty, if they may."""
    decider = exhibit.decided_by_id if exhibit else None
    involved: Involvement = {Involved.WRITER: material.writers, Involved.DECIDER: {decider}}
    return barred(DUTIES["confirm_exhibit"], user.pk or 0, involved)


def _confirm(material: Material, exhibit: Exhibit, user: User) -> None:
    if refused := _barred(material, exhibit, user):
        raise ValidationError(refused)
    with transaction.atomic():
        # Of two who press at once the second finds that it is done.
        waiting = Exhibit.objects.select_for_update().filter(pk=exhibit.pk, confirmed_by=None)
        if not waiting.exists():
            raise ValidationError("Another editor has just decided on this.")
        exhibit.confirmed_by = user
        exhibit.save(update_fields=["confirmed_by"])


def show_passage(article: Article, shown: Shown, *, by: User) -> Exhibit:
    """Readers see the passage of the document from the next publication on. Raises `ValidationError`."""
    if shown.passage is None:
        raise ValidationError("The words are not found in a document any more.")
    at, before, words, after = shown.passage
    passage = {"comparison": at, "before": before, "passage": words, "after": after}
    return _kept(article, shown, by, kind=Exhibit.Kind.PASSAGE, **passage)


def let_hear(
    article: Article, shown: Shown, start: float, seconds: float, agreed: str, *, by: User
) -> Exhibit:
    """Readers hear these seconds from the next publication on. Raises `ValidationError` and `OSError`."""
    if shown.unnamed:
        raise ValidationError("The voice of somebody who is not named is never published.")
    if shown.recording is None:
        raise ValidationError("Bring the recording in first.")
    if not agreed:
        raise ValidationError("Say how the speaker agreed to be heard: “by phone, 3 May”.")
    sound = cut(shown.recording, start, seconds)
    digest, size = digest_of([sound.content])
    return _kept(
        article,
        shown,
        by,
        kind=Exhibit.Kind.SOUND,
        start=start,
        seconds=sound.seconds,
        agreed=agreed[:300],
        file=ContentFile(sound.content, name=f"sound{sound.suffix}"),
        told={"digest": digest, "size": size, "type": sound.type},
    )


def _kept(article: Article, shown: Shown, by: User, **what: Any) -> Exhibit:
    words = shown.quote.words
    exhibit = Exhibit(article=article, quote=shown.quote, words=words, decided_by=by, **what)
    try:
        with transaction.atomic():
            if shown.exhibit:
                shown.exhibit.delete()
            exhibit.save()
    except IntegrityError:  # of two editors at once, the second
        if exhibit.file:
            exhibit.file.delete(save=False)
        raise
    return exhibit


def _number(typed: str) -> float | None:
    """Seconds as they were typed, “75.5” or “1:15.5”; None for what are none."""
    total = 0.0
    try:
        for part in typed.strip().replace(",", ".").split(":"):
            total = total * 60 + float(part)
    except ValueError:
        return None
    return total if math.isfinite(total) and total >= 0 else None
