"""Ways of looking at a list of the desk that somebody has kept for themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ..models import KeptView


def kept_by(request: HttpRequest) -> list[dict[str, Any]]:
    """Theirs of this list, as its page shows them."""
    here = request.GET.urlencode()
    views = KeptView.objects.filter(user=request.user.pk, path=request.path)
    return [
        {"pk": view.pk, "name": view.name, "query": view.query, "is_here": view.query == here}
        for view in views
    ]


class KeepForm(forms.ModelForm):
    class Meta:
        model = KeptView
        fields = ["name", "path", "query"]


@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep how somebody looks at a list; one of theirs with the same name is replaced."""
    form = KeepForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A view wants a name of at most 60 characters.")
        return _back_to(request.POST.get("path", ""), request.POST.get("query", ""))
    kept = form.cleaned_data
    assert request.user.is_authenticated  # noqa: S101  (`admin_view()` has asked)
    KeptView.objects.update_or_create(
        user=request.user,
        path=kept["path"],
        name=kept["name"],
        defaults={"query": kept["query"]},
    )
    return _back_to(kept["path"], kept["query"])


@require_POST
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of theirs; 404 for another's."""
    view = get_object_or_404(KeptView, pk=pk, user=request.user.pk)
    view.delete()
    return _back_to(view.path, "")


def _back_to(path: str, query: str) -> HttpResponse:
    is_ours = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return HttpResponseRedirect(f"{path}?{query}" if is_ours and path else "../")
