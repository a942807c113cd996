"""The first minute of somebody on the desk: three steps on the first page, until they put them away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..models import User


@require_POST
def end_tour(request: HttpRequest) -> HttpResponse:
    User.objects.filter(pk=request.user.pk or 0).update(tour_done=True)
    return HttpResponseRedirect(reverse("admin:index"))
