"""The body: what it may hold, the blocks that it is, and marks and words put into them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import blocks
from articles.text.blocks import Stretch
from articles.text.body import clean_body, link_places, photo_keys, quote_marks, read, write
from sources.prose.hypertext import read as read_html

TAGS = ["p", "em", "strong", "a", "h2", "ul", "li", "blockquote", "br", "script", "img", "div"]
TAGS += [
    'figure data-photo="7"',
    "figure",
    "aside",
    'mark data-quote="3"',
    'a href="https://a.test"',
]
PIECES = st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t.split()[0]}>" for t in TAGS]) | st.text(
    max_size=8
)
LINK = {"kind": "link", "address": "https://m.test"}


def plain_text(html):
    return blocks.text(read(html))


def marked(html, *ranges):
    return write(blocks.with_marks(read(html), [Stretch(a, b, LINK) for a, b in ranges]))


A = '<a href="https://m.test">'


def test_a_mark_goes_on_over_others():
    html = "<p>One <em>two</em> three</p><p>four</p>"
    assert plain_text(html) == "One two three\nfour"
    assert marked(html, (2, 9)) == f"<p>On{A}e <em>two</em> t</a>hree</p><p>four</p>"
    assert marked(html, (4, 16)) == f"<p>One {A}<em>two</em> three</a></p><p>{A}fo</a>ur</p>"


def test_a_mark_that_runs_on_is_one():
    a, b = ({"kind": "link", "address": f"https://{host}.test"} for host in "ab")
    html = f'<p><a href="{a["address"]}">One <em>two</em></a> <a href="{b["address"]}">x</a></p>'
    html += f'<p><a href="{b["address"]}">y</a><a href="{a["address"]}">z</a> end</p>'
    assert list(blocks.marked(read(html), "link")) == [
        (0, 7, a),
        (8, 9, b),
        (10, 11, b),
        (11, 12, a),
    ]


def test_places_count_characters_not_entities():
    html = "<p>a &amp; b &lt;c&gt;</p>"
    assert plain_text(html) == "a & b <c>"
    assert marked(html, (2, 7)) == f"<p>a {A}&amp; b &lt;</a>c&gt;</p>"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (
            '<p>a</p><figure data-photo="12" class="x"><img src="x"><figcaption>c</figcaption></figure>',
            '<p>a</p><figure data-photo="12"></figure>',
        ),
        ('<figure data-photo="12"><br></figure>', '<figure data-photo="12"></figure>'),
        ('<p>a</p><figure data-photo="1 or 2">b</figure>', "<p>a</p><p>b</p>"),
        ('<p>a</p><figure data-photo="١٢"></figure>', "<p>a</p>"),
        (
            '<aside class="x"><p>One <em>two</em></p><a href="https://a.test">three</a></aside>',
            "<aside>One <em>two</em> three</aside>",
        ),
        ('<aside>One <mark data-quote="3">two</mark></aside>', "<aside>One two</aside>"),
        ('<p>a</p><aside> <figure data-photo="1"></figure></aside>', "<p>a</p>"),
        ("plain &amp; <b>bold</b>", "<p>plain &amp; bold</p>"),
        ("<p> one\n <br> two <br></p><p> </p>", "<p>one<br>two</p>"),
        ("<ul><li>a<ul><li>b</li></ul></li>c</ul>", None),
        ("<li>a</li>", "<ul><li><p>a</p></li></ul>"),
        (
            "<p><em>a <strong>b</strong></em> <strong>c <em>d <em>e</em></em></strong></p>",
            "<p><em>a <strong>b</strong></em> <strong>c <em>d e</em></strong></p>",
        ),
        ("<p><br>one<br></p>", "<p>one</p>"),
        (
            f'<figure data-photo="{"9" * 18}"></figure>',
            f'<figure data-photo="{"9" * 18}"></figure>',
        ),
        (f'<figure data-photo="{"9" * 19}">a</figure>', "<p>a</p>"),
        ("<h2>a <em>b</em></h2><h3>c</h3>", "<h2>a <em>b</em></h2><h3>c</h3>"),
        (
            "<ol><li>a</li></ol><blockquote>b</blockquote>",
            "<ol><li><p>a</p></li></ol><blockquote><p>b</p></blockquote>",
        ),
        ("<em>a<p>b</p></em>", "<p><em>a</em></p><p><em>b</em></p>"),
        ("<a>no address</a> <mark>no quote</mark>", "<p>no address no quote</p>"),
        ('<p><a href="example.org/x">x</a></p>', '<p><a href="https://example.org/x">x</a></p>'),
        ('<p><a href="javascript:x">x</a></p>', "<p>x</p>"),
    ],
)
def test_a_body_holds_what_a_story_may_hold(given, kept):
    nested = "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>"
    assert clean_body(given) == (nested if kept is None else kept)


@pytest.mark.parametrize(
    "tags",
    [("blockquote",), ("ul", "li"), ("ol", "li", "blockquote"), ("ul", "blockquote"), ("ul",)],
)
def test_blocks_lie_no_deeper_than_a_record_may_hold(tags):
    around = "".join(f"<{tag}>" for tag in tags)
    html = around * 60 + "deep" + "".join(f"</{tag}>" for tag in reversed(tags)) * 60
    kept = clean_body(html)
    assert sum(kept.count(f"<{tag}>") for tag in tags if tag != "li") == 5
    assert plain_text(html) == "deep"


def test_figures_stand_in_the_body_and_are_not_its_text():
    html = (
        '<p>One</p><figure data-photo="12"></figure><aside>“One &amp; <em>two</em></aside>'
        '<p>“<mark data-quote="5">Two</mark>” <a href="https://a.test">x</a></p><aside>Two</aside>'
        '<figure data-photo="3"></figure>'
    )
    body = read(html)
    assert write(body) == html
    assert blocks.text(body) == "One\n“Two” x"
    assert photo_keys(body) == [12, 3]
    assert blocks.pull_quotes(body) == ["“One & two", "Two"]
    assert quote_marks(body) == [(5, 8, 5)]
    assert link_places(body) == [10]


@given(st.lists(PIECES, max_size=30).map("".join))
def test_cleaning_is_done_once_and_for_all(html):
    once = clean_body(html)
    assert clean_body(once) == once
    assert read(once) == read(html)
    assert not re.search(r"<(script|img|div)", once)
    assert not re.search(r"<figure(?! data-photo=\"7\"></figure>)", once)
    assert not re.search(r"<aside>(?:(?!</aside>).)*<(?!/aside|/?em|/?strong|br)", once, re.DOTALL)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_body_says_what_its_html_says(html):
    clean = re.sub(r"<aside>.*?</aside>", "", clean_body(html), flags=re.DOTALL)
    assert plain_text(clean).split() == read_html(clean).text.split()


@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_marks_and_words_are_put_where_they_belong(html, data):
    body = read(html)
    text = blocks.text(body)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    new = blocks.with_marks(body, [Stretch(start, end, {"kind": "strange"})])
    assert blocks.text(new) == text
    covered = "".join(text[a:b] for a, b, _ in blocks.marked(new, "strange"))
    assert covered == text[start:end].replace("\n", "")
    again = blocks.without_marks(new, lambda mark: mark["kind"] == "strange")
    assert again == body
    if "\n" not in text[start:end] and text[start:end].strip():
        other = blocks.with_words(body, [Stretch(start, end, "WORDS")])
        assert blocks.text(other) == text[:start] + "WORDS" + text[end:]
