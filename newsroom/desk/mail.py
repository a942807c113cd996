"""What waits for somebody on the desk, told by mail: as each person chooses, and each thing once.

A mail says what waits and where; of a story it gives the headline, and of a source nothing that readers are not told.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.desk.today.agenda import story_lists
from articles.desk.today.tasks import Task, tasks

from ..models import Told, User

MORNING = time(7)  # when those who are told once a day are told, in the newsroom's time zone
SHOWN = 20  # things in one mail
FORGOTTEN = timedelta(days=90)  # after which what was told is told again, if it waits still

logger = logging.getLogger(__name__)


class MailForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["told_by_mail"]


def mail_choice(request: HttpRequest) -> dict[str, Any]:
    """What the desk's first page offers to whoever can be written to."""
    user = request.user
    can_be_told = settings.TELLS_BY_MAIL and user.is_authenticated and user.email
    return {"mail_choices": User.Mail.choices if can_be_told else []}


@require_POST
def choose_mail(request: HttpRequest) -> HttpResponse:
    form = MailForm(request.POST)
    if form.is_valid():
        chosen = User.Mail(form.cleaned_data["told_by_mail"])
        # That column alone: the account may be changed by somebody else at this moment.
        User.objects.filter(pk=request.user.pk or 0).update(told_by_mail=chosen)
        messages.success(request, f"Told by mail: {chosen.label}.")
    return HttpResponseRedirect(reverse("admin:index"))


def mail_tasks() -> int:
    """Tell everybody what is new and waits for them; how many mails that were.

    A mail that cannot be sent is tried again at the next run, and those after it go on.
    """
    sent = 0
    people = User.objects.filter(is_active=True, is_staff=True).exclude(email="")
    for person in people.exclude(told_by_mail=User.Mail.NEVER):
        try:
            sent += _tell(person)
        # Whatever it is, it is one person's: those after them are told.
        except Exception as error:
            logger.warning("%s could not be told by mail: %s", person, error)
    return sent


def _tell(person: User) -> bool:
    now = timezone.now()
    lists = story_lists(person)
    waiting = tasks(person, {each.stage: each.stories for each in lists})
    told = set(Told.objects.filter(user=person).values_list("key", flat=True))
    new = [task for task in waiting if _key(task) not in told]
    Told.objects.filter(user=person, at__lt=now - FORGOTTEN).delete()
    if not new or (person.told_by_mail == User.Mail.DAILY and not _is_time(person, now)):
        return False
    # In no transaction: a mail server that is slow keeps nobody from saving. What was sent and not
    # written down is sent once more.
    send_mail(_subject(new), _text(new), settings.DEFAULT_FROM_EMAIL, [person.email])
    Told.objects.bulk_create(
        [Told(user=person, key=_key(task), at=now) for task in new], ignore_conflicts=True
    )
    return True


def _is_time(person: User, now: datetime) -> bool:
    """Is it past this morning, and was nothing told since?"""
    local = timezone.localtime(now)
    morning = local.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    return local >= morning and not Told.objects.filter(user=person, at__gte=morning).exists()


def _key(task: Task) -> str:
    return hashlib.sha256(f"{task.mark} {task.path} {task.title} {task.since}".encode()).hexdigest()


def _subject(new: Sequence[Task]) -> str:
    first = " ".join(new[0].title.split())[:80]
    more = f" and {len(new) - 1} more" if len(new) > 1 else ""
    return f"{'Late: ' if new[0].is_late else ''}{new[0].act}: {first}{more}"


def _text(new: Sequence[Task]) -> str:
    told = [
        f"{'LATE. ' if task.is_late else ''}{task.title}\n{task.act}: {settings.SITE_URL}{task.path}"
        for task in new[:SHOWN]
    ]
    more = [f"and {len(new) - SHOWN} more"] if len(new) > SHOWN else []
    how = f"How you are told: {settings.SITE_URL}{reverse('admin:index')}"
    return "\n\n".join([*told, *more, how])
