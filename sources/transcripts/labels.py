"""Who speaks, where lines begin with it: “NAME: words”, “[SPEAKER_00]: words”, “Q: words”.

Not every colon ends a name: “There are two reasons: money and time.” A label looks like a name, or returns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..prose.reading.words_of_speech import word_set
from .transcript import name_key

_BRACKETED = re.compile(r"\s*\[([^\[\]\d][^\[\]]{0,50})\]\s*:?\s+(?=\S)")
_LABEL = re.compile(r"\s*([^:：.!?…,;“”\"«»]{1,50}?)\s*[:：](?:\s+|$)")
_PARTICLES = word_set(
    """
        de da di du del van von der den la le al el bin ibn ben y e of the und et
        """
)
_OFTEN = 0.5  # of the lines begin with a label, in a text that has them


def split_label(line: str) -> tuple[str, str]:
    """What stands where a label would, and the rest; an empty label where nothing does."""
    found = _BRACKETED.match(line) or _LABEL.match(line)
    if not found or len(found[1].split()) > 5:
        return "", line
    return found[1].strip(), line[found.end() :]


def labels_in(lines: Sequence[str]) -> set[str]:
    """The labels of a text, by their `name_key()`; none where its lines do not begin with them."""
    found = [split_label(line)[0] for line in lines]
    counted = Counter(name_key(each) for each in found if each)
    labels = {
        name_key(each)
        for each in found
        if each
        and _is_like_a_name(each)
        and (
            counted[name_key(each)] > 1
            or (_has_case(each) and (len(each.split()) > 1 or each.isupper()))
        )
    }
    labelled = sum(name_key(each) in labels for each in found)
    return labels if lines and labelled >= _OFTEN * len(lines) else set()


def _is_like_a_name(label: str) -> bool:
    words = [word for word in re.split(r"[\s_-]+", label) if word]
    first = words[0].lstrip("([")
    if not first or not (first[0].isupper() or first[0].isdigit() or not _has_case(first)):
        return False
    return all(
        word[0].isdigit()
        or not _has_case(word)
        or word[0].isupper()
        or word.casefold() in _PARTICLES
        for word in (each.lstrip("([") or "0" for each in words)
    )


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()
