"""The forms of a story's page on the desk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget

from sources.colleagues import name_of

from ...models import (
    AnonymityApproval,
    Article,
    CommentAttempt,
    CommentRequest,
    NotePlace,
    Photo,
    StageChange,
    Update,
    UpdateRequest,
)
from ...models.article import free_slug, is_untitled
from ...record.changes import CHANGES
from ...text.body import clean_body, photo_keys, read
from ...text.tags import LONGEST
from ...times import DeskDateTimeField, clock

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sources.colleagues import User

# What articles/text/body.py lets a body hold.
EDITOR_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "HardBreak": True,
    "QuoteMark": True,
    "PullQuote": True,
    "StoryPhoto": True,
    "History": True,
}


OF_STORIES = {"QuoteMark", "PullQuote", "StoryPhoto"}
PLAIN_EXTENSIONS = {name: how for name, how in EDITOR_EXTENSIONS.items() if name not in OF_STORIES}


def body_field(extensions: dict[str, Any], **kwargs: Any) -> ProseEditorFormField:
    """A text in the editor, cleaned as every text of the newsroom's is."""
    return ProseEditorFormField(
        config={"extensions": extensions},
        sanitize=clean_body,
        widget=AdminProseEditorWidget,
        **kwargs,
    )


class ArticleForm(forms.ModelForm):
    body = body_field(EDITOR_EXTENSIONS, required=False)
    # Of one line each, that grows with its words.
    headline = forms.CharField(
        max_length=200, widget=forms.Textarea(attrs={"rows": 1, "placeholder": "Headline"})
    )
    deck = forms.CharField(
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "placeholder": "The sentence under it"}),
    )
    # What the page was opened with: of two who save, the second is told.
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # Whoever has the form before them; said by `ArticleAdmin`.
    person: User | AnonymousUser | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen_revision"] = self.instance.revision
        if section := self.fields.get("section"):
            # A newsroom's sections are few, and made elsewhere.
            section.widget = getattr(section.widget, "widget", section.widget)
        for name in ("headline", "slug"):
            if name in self.fields:
                self.fields[name].required = False

    def clean_headline(self) -> str:
        return " ".join(self.cleaned_data["headline"].split())

    def clean_deck(self) -> str:
        return " ".join(self.cleaned_data["deck"].split())

    def clean_slug(self) -> str:
        """As it was typed, or as it is; made of the headline where there are no words for one yet."""
        typed: str = self.cleaned_data["slug"] or self.instance.slug
        if typed and not is_untitled(typed):
            return typed
        made = free_slug(self.cleaned_data.get("headline", ""), but=self.instance.pk)
        return typed if typed and is_untitled(made) else made

    def clean_body(self) -> str:
        """No photo comes into a text that whoever writes does not see: by its number it could be guessed."""
        body: str = self.cleaned_data["body"]
        new = set(photo_keys(read(body))) - set(photo_keys(read(self.instance.body)))
        if new and self.person is not None:
            visible = Photo.objects.visible_to(self.person).filter(pk__in=new)
            known = set(visible.values_list("pk", flat=True))
            gone = new - set(Photo.objects.filter(pk__in=new).values_list("pk", flat=True))
            if hidden := new - known - gone:
                raise ValidationError(f"You may not use photo {min(hidden)}: take it out.")
        return body

    def clean_tags(self) -> list[str]:
        tags: list[str] = self.cleaned_data["tags"]
        if long := [tag for tag in tags if len(tag) > LONGEST]:
            raise ValidationError(
                f"A tag has at most {LONGEST} characters. Part tags with commas: “{long[0][:40]}…”"
            )
        return tags

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        # The instance is the row as it is now, locked by `ArticleAdmin.get_object()`.
        if self.instance.pk and (cleaned or {}).get("seen_revision") != self.instance.revision:
            raise ValidationError(self._who_was_first(), code="stale")
        return cleaned

    def _who_was_first(self) -> str:
        last: StageChange | None = self.instance.stage_changes.select_related("by").first()
        moved = f" It was last moved by {name_of(last.by)} at {clock(last.at)}." if last else ""
        return (
            f"Somebody saved this story after you opened it, at {clock(self.instance.changed_at)}."
            f"{moved} Your text is still here and was not saved: open the story in a second window, "
            "take over what changed, and save there."
        )


class CommentRequestForm(forms.ModelForm):
    """A request for comment, with a line to log one more attempt."""

    attempt_at = DeskDateTimeField(required=False, label="log an attempt: when")
    attempt_channel = forms.ChoiceField(
        required=False, label="by", choices=[("", "–"), *CommentAttempt.Channel.choices]
    )

    taken_back = forms.ModelMultipleChoiceField(
        CommentAttempt.objects.none(),
        required=False,
        label="strike an attempt logged by mistake",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            taken_back: Any = self.fields["taken_back"]
            attempts = self.instance.attempts.all()
            taken_back.queryset = attempts
            # As they were read with the requests: the field's own copy would ask for them once more.
            taken_back.choices = [(each.pk, str(each)) for each in attempts]

    class Meta:
        model = CommentRequest
        fields = ["asked", "about", "deadline", "outcome", "answer"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if bool(cleaned.get("attempt_at")) != bool(cleaned.get("attempt_channel")):
            raise ValidationError("An attempt needs both its time and its channel.")
        return cleaned

    def clean_attempt_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["attempt_at"]
        if at and at > timezone.now():
            raise ValidationError("An attempt is logged once it was made.")
        return at

    def save_attempts(self) -> None:
        """Log the attempt that was typed, and strike those ticked, once the request is saved."""
        if self.cleaned_data.get("taken_back"):
            self.cleaned_data["taken_back"].delete()
        if self.cleaned_data.get("attempt_at"):
            self.instance.attempts.create(
                at=self.cleaned_data["attempt_at"], channel=self.cleaned_data["attempt_channel"]
            )


class AnonymityApprovalForm(forms.ModelForm):
    def save(self, commit: bool = True) -> AnonymityApproval:
        """A request that changes after its decision is a new request."""
        if self.has_changed():
            self.instance.ask_again()
        approval: AnonymityApproval = super().save(commit)
        return approval


class ReasonForm(forms.Form):
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="Why")


class TimeForm(forms.Form):
    at = DeskDateTimeField(label="When")


class DecisionForm(forms.Form):
    remark = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Remark",
        help_text="The reporter sees it. A refusal needs one.",
    )
    knows = forms.BooleanField(required=False, label="I know who this source is")


class UpdateForm(forms.Form):
    """Why the next version follows the one that readers see."""

    kind = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[
            (row.kind.value, f"{row.kind.label}: {row.says}")
            for row in CHANGES.values()
            # A retraction has its own page, and is asked for there.
            if not row.wants_second_editor
        ],
    )
    note = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        label="Note to readers",
        help_text="For a correction: what was wrong and what is right, to someone who never saw "
        "the story.",
    )
    place = forms.ChoiceField(
        required=False,
        label="Where the note stands",
        choices=[
            ("", "where notes of this kind usually do"),
            (NotePlace.TOP.value, "at the top: it is serious"),
            (NotePlace.END.value, "at the end"),
        ],
    )
    requested_by = forms.ModelChoiceField(
        get_user_model().objects.filter(is_staff=True, is_active=True),
        required=False,
        label="Asked for by",
        help_text="The colleague who wanted the change. Readers do not see this.",
    )

    answers = forms.ModelMultipleChoiceField(
        UpdateRequest.objects.none(),
        required=False,
        label="It answers",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked_by: Any = self.fields["requested_by"]
        asked_by.label_from_instance = name_of

    def offer_to_answer(self, article: Article) -> None:
        """What is asked of the story: all of it is answered, unless it is unticked."""
        answers: Any = self.fields["answers"]
        answers.queryset = article.update_requests.open().exclude(kind=Update.Kind.RETRACTION)
        answers.initial = list(answers.queryset)
        answers.label_from_instance = lambda request: request.reason
        if not answers.initial:
            del self.fields["answers"]
