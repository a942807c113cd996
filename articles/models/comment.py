"""Requests for comment: who was asked, how often, and what came of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article


class CommentRequest(models.Model):
    """Somebody whom the story shows unfavourably, or who ought to be heard: listed by its writer."""

    class Outcome(models.TextChoices):
        # The outcomes that the newsroom's editorial rules tell apart; waiting is none yet.
        WAITING = "", _("waiting for an answer")
        RESPONDED = "responded", _("responded")
        DECLINED = "declined", _("declined to comment")
        DID_NOT_RESPOND = "did_not_respond", _("did not respond")
        COULD_NOT_BE_REACHED = "could_not_be_reached", _("could not be reached")
        ANSWERED_WITHOUT_ANSWERING = (
            "answered_without_answering",
            _("answered, but not the question"),
        )
        ACKNOWLEDGED_THEN_NOTHING = (
            "acknowledged_then_nothing",
            _("acknowledged the request, then did not answer"),
        )

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comment_requests")
    asked = models.CharField(
        "whom", max_length=200, help_text="The person or institution, as readers will see it."
    )
    about = models.CharField("on what", max_length=300, blank=True)
    deadline = models.DateTimeField(
        null=True, blank=True, help_text="The time they were given to answer by."
    )
    outcome = models.CharField(max_length=30, choices=Outcome, blank=True, default=Outcome.WAITING)
    answer = models.TextField(
        blank=True, help_text="What they said, or what happened. Readers see this."
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.asked

    @property
    def was_asked(self) -> bool:
        """Has anybody tried? Whoever is listed and was not tried has not been asked."""
        # `all()` and not `exists()`: attempts are read with their requests, and `exists()` would
        # ask for each request anew.
        return bool(self.outcome) or bool(self.attempts.all())


class CommentAttempt(models.Model):
    class Channel(models.TextChoices):
        EMAIL = "email", "e-mail"
        PHONE = "phone", "phone"
        TEXT = "text", "text message"
        IN_PERSON = "in_person", "in person"
        VIDEO = "video", "video call"
        LETTER = "letter", "letter"
        SOCIAL_MEDIA = "social_media", "social media"
        WEB_FORM = "web_form", "web form"

    request = models.ForeignKey(CommentRequest, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField("when", default=timezone.now)
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.EMAIL)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {timezone.localtime(self.at):%Y-%m-%d %H:%M}"
