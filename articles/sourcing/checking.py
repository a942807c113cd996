"""Running the rules, on the desk while a story is written and at the door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from ..duties import Involved, barred, duty_past
from ..stages import Severity
from . import (  # noqa: F401  (their rules enter the table)
    anonymity,
    comment,
    completeness,
    languages,
    quotations,
    speakers,
    terms,
)
from .checked_material import CheckedMaterial
from .rules import RULES, Finding, Rule, Subject

# They are declared in this order.
_GRAVEST_FIRST = list(Severity)


def check(story: CheckedMaterial, codes: Container[str] = RULES) -> list[Finding]:
    """All that the rules of these codes find in it, the gravest first, then in the order of the text."""
    # Of two decisions on the same finding the newer counts.
    reasons = {
        each.finding_key: each.reason
        for each in reversed(story.overrides)
        if not refused_past(each.code, each.by_id, story)
    }
    findings = [
        finding
        for code, rule in RULES.items()
        if code in codes
        for finding in _found_by(rule, story)
    ]
    findings = [
        replace(finding, overridden=reasons.get(finding.key, ""))
        # For blocks alone: no reason goes past what is absolute, and nothing else stops a story.
        if finding.severity is Severity.BLOCK
        else finding
        for finding in findings
    ]
    return sorted(findings, key=lambda each: (_GRAVEST_FIRST.index(each.severity), each.start or 0))


def refused_past(code: str, person: int, story: CheckedMaterial) -> str:
    """Why this person leaves it to another to go past a finding with this code; empty if they may."""
    duty = duty_past(code)
    if duty is None:
        return ""
    asked = {
        person
        for approval in story.approvals.values()
        for person in story.involvement_in(approval)[Involved.ASKER]
    }
    return barred(duty, person, {Involved.WRITER: story.writers, Involved.ASKER: asked})


def _found_by(rule: Rule, story: CheckedMaterial) -> Iterator[Finding]:
    # The second finding about the same subject wants a reason of its own.
    told: Counter[Subject] = Counter()
    for found in rule.find(story):
        yield Finding(
            code=rule.code,
            severity=rule.weight,
            practice=rule.practice,
            repeats=told[found.subject],
            **vars(found),
        )
        told[found.subject] += 1


def stops(findings: Iterable[Finding], severities: Iterable[Severity]) -> list[Finding]:
    """Those that stop a move: of these severities, and not overridden."""
    return [each for each in findings if each.severity in severities and not each.overridden]
