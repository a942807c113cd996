"""The body: what it may hold, and marks that leave its HTML whole."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import (
    clean_body,
    mark_up,
    photo_keys,
    plain_text,
    pull_quotes,
    quote_marks,
    read_pull_quotes,
)

TAGS = ["p", "em", "strong", "a", "h2", "ul", "li", "blockquote", "br", "script", "img", "div"]
TAGS += ['figure data-photo="7"', "figure", "aside"]
PIECES = st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t.split()[0]}>" for t in TAGS]) | st.text(
    max_size=8
)


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


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (
            '<p>a</p><figure data-photo="12" class="x"><img src="x"><figcaption>c</figcaption></figure>',
            '<p>a</p><figure data-photo="12"></figure>',
        ),
        ('<figure data-photo="12"><br></figure>', '<figure data-photo="12"></figure>'),
        ('<p>a</p><figure data-photo="1 or 2">b</figure>', "<p>a</p>b"),
        ('<p>a</p><figure data-photo="١٢"></figure>', "<p>a</p>"),
        (
            '<aside class="x"><p>One <em>two</em></p><a href="https://a.test">three</a></aside>',
            "<aside>One <em>two</em>  three</aside>",
        ),
        ('<aside>One <mark data-quote="3">two</mark></aside>', "<aside>One  two</aside>"),
        ('<p>a</p><aside> <figure data-photo="1"></figure></aside>', "<p>a</p>"),
    ],
)
def test_a_photo_holds_nothing_and_a_pull_quote_words_alone(given, kept):
    assert clean_body(given) == kept


def test_figures_stand_in_the_body_and_are_not_its_text():
    html = (
        '<p>One</p><figure data-photo="12"></figure><aside>“One &amp; <em>two</em></aside>'
        '<p>“<mark data-quote="5">Two</mark>”</p><aside>Two</aside><figure data-photo="3"></figure>'
    )
    assert clean_body(html) == html
    assert plain_text(html) == "One\n“Two”"
    assert photo_keys(html) == [12, 3]
    assert pull_quotes(html) == ["“One & two", "Two"]
    assert read_pull_quotes(html).text == "“One & two\nTwo"
    assert quote_marks(html) == [(5, 8, 5)]
    assert marked(html, (0, 8)) == (
        '<p>[One]</p><figure data-photo="12"></figure><aside>“One &amp; <em>two</em></aside>'
        '<p>[“]<mark data-quote="5">[Two]</mark>”</p><aside>Two</aside>'
        '<figure data-photo="3"></figure>'
    )


@given(st.lists(PIECES, max_size=30).map("".join))
def test_cleaning_is_done_once_and_for_all(html):
    once = clean_body(html)
    assert clean_body(once) == once
    assert not re.search(r"<(script|img|div)", once)
    assert not re.search(r"<figure(?! data-photo=\"7\"></figure>)", once)
    assert not re.search(r"<aside>(?:(?!</aside>).)*<(?!/aside|/?em|/?strong|br)", once, re.DOTALL)


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
