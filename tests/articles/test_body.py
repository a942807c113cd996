"""The body: what it may hold, and marks that leave its HTML whole."""

import re

from hypothesis import given
from hypothesis import strategies as st

from articles.body import clean_body, mark_up, plain_text

TAGS = ["p", "em", "strong", "a", "h2", "ul", "li", "blockquote", "br", "script", "img", "div"]
PIECES = st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t}>" for t in TAGS]) | st.text(max_size=8)


def marked(html, *ranges):
    return mark_up(html, ((start, end, "[", "]") for start, end in ranges))


def test_a_mark_that_crosses_tags_is_made_in_parts():
    html = "<p>One <em>two</em> three</p><p>four</p>"
    assert plain_text(html) == "One two three\nfour"
    assert marked(html, (2, 9)) == "<p>On[e ]<em>[two]</em>[ t]hree</p><p>four</p>"


def test_offsets_count_characters_not_entities():
    html = "<p>a &amp; b &lt;c&gt;</p>"
    assert plain_text(html) == "a & b <c>"
    assert marked(html, (2, 7)) == "<p>a [&amp; b &lt;]c&gt;</p>"


@given(st.lists(PIECES, max_size=30).map("".join))
def test_cleaning_is_done_once_and_for_all(html):
    once = clean_body(html)
    assert clean_body(once) == once
    assert not re.search(r"<(script|img|div)", once)


@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_marks_change_no_word_and_no_tag(html, data):
    html = clean_body(html)
    text = plain_text(html)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before = mark_up(html, [])
    after = mark_up(html, [(start, end, "<q>", "</q>")])
    assert after.replace("<q>", "").replace("</q>", "") == before
    assert plain_text(before) == text
