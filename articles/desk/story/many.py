"""What is done to many stories of the list at once; each is done or refused by itself, and told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from sources.colleagues import name_of

from ...models import Article, Section
from ...publishing.workflow import MoveRefused, make_move
from ...sourcing.at_a_glance import keep_glance
from ...sourcing.checked_material import CheckedMaterial
from ...stages import MOVES
from ...text.tags import LONGEST, read_tags

if TYPE_CHECKING:
    from sources.colleagues import User

    Action = Callable[[Any, HttpRequest, QuerySet[Article]], HttpResponse | None]


class Refused(Exception):
    """Why something is not done to one of the stories, in words for whoever asked."""


class AssignForm(forms.Form):
    given = forms.ModelChoiceField(get_user_model().objects.none(), label="To whom")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(is_staff=True, is_active=True)
        field: Any = self.fields["given"]
        field.queryset = people.order_by("first_name", "last_name", "username")
        field.label_from_instance = name_of


class SectionForm(forms.Form):
    given = forms.ModelChoiceField(Section.objects.all(), label="Which section")


class TagsForm(forms.Form):
    given = forms.CharField(label="Tags to add", help_text="Separate tags with commas.")

    def clean_given(self) -> list[str]:
        tags = read_tags(self.cleaned_data["given"])
        if any(len(tag) > LONGEST for tag in tags):
            raise forms.ValidationError(f"A tag has at most {LONGEST} characters.")
        return tags


class ReasonForm(forms.Form):
    given = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}))


def assign(story: Article, given: User, by: User) -> None:
    # Whose it was stays known: nobody publishes what was theirs.
    story.keep_writers()
    story.assigned_to = given
    _save(story, ["assigned_to"])
    story.keep_writers()


def put_into_section(story: Article, given: Section, by: User) -> None:
    story.section = given
    _save(story, ["section"])


def add_tags(story: Article, given: Iterable[str], by: User) -> None:
    story.tags.add(*given)
    _save(story, [])


def _save(story: Article, names: list[str]) -> None:
    # Whoever has it open is told that somebody changed it.
    story.revision += 1
    story.save(update_fields=[*names, "revision", "changed_at"])
    keep_glance(CheckedMaterial(story))


def _move(name: str) -> Callable[[Article, str, User], None]:
    def made(story: Article, given: str, by: User) -> None:
        make_move(story, name, by=by, reason=given)

    return made


def _written(do: Callable[[Article, Any, User], None]) -> Callable[[Article, Any, User], None]:
    """A change of the working copy: for those who may write in it."""

    def done(story: Article, given: Any, by: User) -> None:
        if not story.is_editable_by(by):
            raise Refused(f"You may not change “{story}” as it stands.")
        do(story, given, by)

    return done


def _action(
    name: str,
    label: str,
    permission: str,
    form: type[forms.Form],
    do: Callable[[Article, Any, User], None],
) -> Action:
    def action(
        model_admin: Any, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        asked = form(request.POST if "given" in request.POST else None)
        if not asked.is_valid():
            about = {
                **model_admin.admin_site.each_context(request),
                "title": label,
                "opts": model_admin.opts,
                "stories": queryset.select_related("section"),
                "form": asked,
                "action": name,
                "checkbox": ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "admin/articles/article/many.html", about)
        _do_to_each(request, queryset, label, do, asked.cleaned_data["given"])
        return HttpResponseRedirect(request.get_full_path())

    action.__name__ = name
    return admin.action(description=label, permissions=[permission])(action)


def _do_to_each(
    request: HttpRequest,
    stories: QuerySet[Article],
    label: str,
    do: Callable[[Article, Any, User], None],
    given: Any,
) -> None:
    done = 0
    for pk in stories.values_list("pk", flat=True):
        try:
            with transaction.atomic():
                # Locked one by one, as a save of the story's own page does.
                story = Article.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
                do(story, given, request.user)  # type: ignore[arg-type]
                done += 1
        except (MoveRefused, Refused) as refused:
            messages.error(request, str(refused))
    if done:
        messages.success(request, f"{label}: {done} stor{'y' if done == 1 else 'ies'}.")


ACTIONS = [
    _action("assign", "Assign to", "assign", AssignForm, _written(assign)),
    _action("section", "Put into a section", "change", SectionForm, _written(put_into_section)),
    _action("add_tags", "Add tags", "change", TagsForm, _written(add_tags)),
    _action("send_back", MOVES["send_back"].label, "review", ReasonForm, _move("send_back")),
    _action("spike", MOVES["spike"].label, "spike", ReasonForm, _move("spike")),
]
