"""“Report an error”: the one thing that readers write. Nothing of it is public.

Kept from robots without asking anybody else: a signed time (nobody types that fast, and no form is
open for days), a field that people do not see, and a limit for each address and for the site.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from redis.exceptions import RedisError

from ..models import ErrorReport, Version
from .stories import live_at, moved_from

SECONDS_TO_TYPE = 3
OPEN_FOR = timedelta(days=1)
EACH_HOUR = 5  # reports from one address
ALL_EACH_HOUR = 200  # reports from everybody


class ReportForm(forms.ModelForm):
    # People neither see nor reach it, and leave it empty.
    website = forms.CharField(
        label=_("Website"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = ErrorReport
        fields = ["words", "what", "contact"]
        labels = {
            "words": _("Which words are wrong?"),
            "what": _("What is wrong with them?"),
            "contact": _("Your e-mail address, if we may ask you back"),
        }
        widgets = {
            "words": forms.Textarea(attrs={"rows": 2}),
            "what": forms.Textarea(attrs={"rows": 5}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("website"):
            raise ValidationError(_("This looks like a robot’s. Leave the last field empty."))
        return cleaned

    def __init__(self, *args: Any, live: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Salted by the story: a time that was signed on one page opens the form of no other.
        self.signer = TimestampSigner(salt=f"report on story {live.article_id}")

    def clean_opened(self) -> str:
        opened: str = self.cleaned_data["opened"]
        try:
            self.signer.unsign(opened, max_age=OPEN_FOR)
        except SignatureExpired as error:
            raise ValidationError(_("This page was open for long. Send it once more.")) from error
        except BadSignature as error:
            raise ValidationError(_("Send it once more, from this page.")) from error
        if self._is_quick(opened):
            raise ValidationError(_("That was quick. Wait a moment, then send it again."))
        return opened

    def _is_quick(self, opened: str) -> bool:
        try:
            self.signer.unsign(opened, max_age=SECONDS_TO_TYPE)
        except SignatureExpired:
            return False
        # With no time set, a form sent within the same second is not quick.
        return SECONDS_TO_TYPE > 0

    def opened_now(self) -> str:
        """This moment, signed: what the form brings back, to be read by `clean_opened()`."""
        return self.signer.sign("")


@csrf_exempt  # nobody is logged in here, and the signed time is of this story's page
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, published_on: date, slug: str) -> HttpResponse:
    """The form of a story, and what is sent by it; 429 where too much came from one place."""
    live = live_at(published_on, slug) or moved_from(published_on, slug)
    form = ReportForm(request.POST if request.method == "POST" else None, live=live)
    status = 200
    if request.method == "POST" and form.is_valid():
        if _is_too_many(request):
            form.add_error(None, _("Many reports came from here. Try again in an hour."))
            status = 429
        else:
            _keep(form, live)
            return render(request, "articles/reported.html", {"version": live})
    # A refused form gets a new time, or it could never be sent once its own has passed.
    if form.errors:
        form.data = {**request.POST.dict(), "opened": form.opened_now()}
    else:
        form.fields["opened"].initial = form.opened_now()
    response = render(
        request, "articles/report.html", {"version": live, "form": form}, status=status
    )
    # A kept page would have a time of another reader, or one that has passed.
    response["Cache-Control"] = "no-store"
    return response


def _keep(form: ReportForm, live: Version) -> None:
    form.instance.version, form.instance.at = live, timezone.now()
    form.save()


def _is_too_many(request: HttpRequest) -> bool:
    """Counted in the cache, by a digest: no address of a reader is kept."""
    # The hour is in the digest: an address cannot be followed from one hour to the next.
    hour = timezone.now().strftime("%Y%m%d%H")
    address = hashlib.sha256(f"{hour}{_network(request)}".encode()).hexdigest()
    return _count(f"reports:{address}") > EACH_HOUR or _count(f"reports:{hour}") > ALL_EACH_HOUR


def _network(request: HttpRequest) -> str:
    """Whoever asks: the address that the proxy in front saw, and of IPv6 the network of a household."""
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # The last is what our own proxy saw; those before it are whatever the client sent.
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).split(",")[-1].strip()
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)


def _count(key: str) -> int:
    try:
        # Does nothing if it is there: the hour runs from the first report, and `incr` needs a number.
        cache.add(key, 0, timeout=3_600)
        return int(cache.incr(key))
    except (
        ValueError,
        RedisError,
    ):  # it expired in between, or the cache is away: nobody is refused
        return 1
