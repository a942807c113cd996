"""The standards pages: what the newsroom promises, in its editors' words, with every earlier text."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..kept.keeping import kept
from ..models import Policy
from .answers import conditional, gone, html_page


@kept(lambda touched: [()] if touched.policies else [])
@require_safe
@conditional
def standards(request: HttpRequest) -> HttpResponse:
    policies = list(Policy.objects.in_force())
    return html_page(request, "articles/standards.html", {"policies": policies})


@kept(lambda touched: [[slug] for slug in touched.policies])
@require_safe
@conditional
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """A policy as it is in force, with its earlier texts; 410 once it is withdrawn."""
    texts = list(Policy.objects.filter(slug=slug).order_by("-pk"))
    if not texts:
        raise Http404
    context = {"policy": texts[0], "texts": texts}
    response = html_page(request, "articles/policy.html", context)
    if texts[0].is_withdrawn:
        response.status_code = 410
    return response


@kept(lambda touched: Policy.objects.filter(slug__in=touched.policies).values_list("slug", "pk"))
@require_safe
@conditional
def earlier_text(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """A policy as it stood once."""
    texts = Policy.objects.filter(slug=slug)
    text = get_object_or_404(texts, pk=key)
    # The row that withdrew it promises nothing; the texts before it stay to be read.
    if text.is_withdrawn:
        return gone(request)
    following = texts.filter(pk__gt=key).order_by("pk").first()
    context = {"policy": text, "following": following}
    return html_page(request, "articles/policy_text.html", context)
