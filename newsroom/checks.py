"""Mistakes in the environment, found when the server starts instead of when a reader does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register  # noqa: A004

from articles.sourcing.rules import RULES
from articles.stages import Severity


@register
def check_sourcing_rules(**kwargs: Any) -> list[Error]:
    """Severities of the newsroom's own: for rules that there are, and for none that is absolute."""
    errors = []
    for code, severity in settings.SOURCING_RULES.items():
        if code not in RULES:
            hint = f"The rules are: {', '.join(sorted(RULES))}."
            errors.append(
                Error(f"SOURCING_RULES names no rule: {code}", hint=hint, id="newsroom.E001")
            )
        elif severity not in list(Severity):
            hint = f"A severity is one of: {', '.join(Severity)}."
            message = f"SOURCING_RULES: {code} cannot be “{severity}”"
            errors.append(Error(message, hint=hint, id="newsroom.E002"))
        elif RULES[code].severity is Severity.ABSOLUTE and severity != Severity.ABSOLUTE:
            hint = "Leave it out: nobody can publish past this rule."
            errors.append(Error(f"SOURCING_RULES weakens {code}", hint=hint, id="newsroom.E003"))
    return errors


@register
def check_environment(**kwargs: Any) -> list[Error]:
    """What `newsroom/environment.py` could not read."""
    return [
        Error(f"{name}: {mistake}", hint="See .env.example.", id="newsroom.E004")
        for name, mistake in settings.ENVIRONMENT_MISTAKES.items()
    ]


@register
def check_spelling_dictionary(**kwargs: Any) -> list[Error]:
    path = settings.SPELLING_DICTIONARY
    if not path or all(Path(f"{path}.{ending}").is_file() for ending in ("aff", "dic")):
        return []
    hint = "Give the path of Hunspell's two files without their endings, or leave it empty."
    message = f"SPELLING_DICTIONARY: {path}.aff and {path}.dic are not both there"
    return [Error(message, hint=hint, id="newsroom.E005")]


@register(Tags.security, deploy=True)
def check_workers_share_a_cache(**kwargs: Any) -> list[Warning]:
    """A cache of each process's own does for one process alone."""
    # Of two caches each would count readers' reports by itself.
    if "locmem" not in settings.CACHES["default"]["BACKEND"] or settings.PUBLISHES_DUE:
        return []
    hint = "Set CACHE_URL=redis://…, or PUBLISHES_DUE=on if one process serves the whole site."
    return [Warning("CACHE_URL: each process has its own cache", hint=hint, id="newsroom.W001")]
