"""A version in words: what two of them are compared by, and what a minor edit may not touch."""

import re

import pytest
from django.utils import translation

from articles.models import Article
from articles.record.composing import is_same_to_readers, version_of
from articles.record.differences import How, differences, more_than_minor
from articles.record.telling import sources_told, words_in

ADDRESS = "https://a.test/log"


def rendition(width):
    file = {"digest": "ab" * 32, "size": 9, "type": "image/jpeg", "name": f"pictures/{width}.jpeg"}
    return {"width": width, "height": width, "jpeg": file, "webp": file}


PHOTO = {
    "alt": "A frozen quay",
    "caption": "Ice",
    "credit": "A. Holt",
    "width": 900,
    "height": 600,
    "renditions": [rendition(200), rendition(400), rendition(800)],
    "card": rendition(300),
}
FILE = {"digest": "cd" * 32, "size": 7, "type": "text/csv", "name": "notebook/log.csv"}


def run(text, *marks):
    return {"marks": list(marks), "text": text}


LINK, STRONG = {"kind": "link", "address": ADDRESS}, {"kind": "strong"}
BODY = [
    {
        "kind": "paragraph",
        "runs": [run("See "), run("the ", LINK), run("log", LINK, STRONG), run(" of May.")],
    },
    {
        "kind": "bullets",
        "blocks": [{"kind": "item", "blocks": [{"kind": "paragraph", "runs": [run("It froze")]}]}],
    },
    {"kind": "photo", **PHOTO},
    {"kind": "pull_quote", "runs": [run("It "), run("froze", STRONG)]},
    {"kind": "paragraph", "runs": [run("And here", LINK)]},
]
HEARD = {"basis": "recording", "checked": "recording", "page": None, "row": None, "edited": False}
SAID = {
    "section": {"name": "Harbour", "slug": "harbour"},
    "kicker": "Winter",
    "headline": "The quay froze",
    "deck": "For a week",
    "dateline": "QUAY",
    "lead_photo": PHOTO,
    "bylines": [
        {"name": "Maren Okafor", "slug": "maren-okafor", "role": "by"},
        {"name": "Bo Lind", "slug": "bo-lind", "role": "reporting"},
    ],
    "tags": ["Ice", "Port, old"],
    "sources": [
        {
            "key": "s1",
            "named": True,
            "kind": "person",
            "name": "Ada Holt",
            "positions": [
                {
                    "title": "harbour master",
                    "organization": "Port",
                    "place": "Quay",
                    "current": True,
                }
            ],
            "authorization": "authorized",
            "reason": "",
        },
        {
            "key": "s2",
            "named": False,
            "kind": "person",
            "name": "a clerk",
            "positions": [],
            "authorization": "",
            "reason": "they fear dismissal",
        },
    ],
    "interviews": [
        {"key": "i1", "source": "s1", "how": "phone", "held": "2026-01-02"},
        {"key": "i2", "source": "s1", "how": "phone", "held": "2026-01-02"},
        {"key": "i3", "source": "s2", "how": "", "held": "2026-01"},
    ],
    "quotations": [
        {"key": "q1", "source": "s1", "interview": "i1", **HEARD},
        {"key": "q2", "source": "s1", "interview": "i2", **HEARD, "edited": True},
        {"key": "q3", "source": "s2", "interview": "i3", **HEARD, "checked": ""},
    ],
    "comment_requests": [
        {"asked": "The mayor", "about": "the ice", "outcome": "declined", "answer": "No."},
    ],
    "notebook": [
        {"kind": "dataset", "title": "Log", "url": ADDRESS, "note": "Ours", "file": FILE},
        {"kind": "note", "title": "How", "url": "", "note": "We measured.", "file": None},
    ],
    "body": BODY,
}


def version(**said):
    return version_of(Article(), said)


def shown(older, newer):
    """Each text with its parts: + what was added, - what was removed, and what stayed as it is."""
    sign = {How.SAME: "", How.ADDED: "+", How.REMOVED: "-"}
    return [
        (block.name, [sign[part.how] + part.words for part in block.parts])
        for block in differences(older, newer)
    ]


def test_everything_that_readers_see_is_compared_in_words():
    told = [
        ("section", "Harbour"),
        ("kicker", "Winter"),
        ("headline", "The quay froze"),
        ("deck", "For a week"),
        ("dateline", "QUAY"),
        ("photo", "Ice, A. Holt, A frozen quay, pictures/800.jpeg"),
        ("byline", "By Maren Okafor, Reporting by Bo Lind"),
        ("tags", "Ice, Port, old"),
        (
            "sources",
            "Ada Holt, harbour master, Port, Quay, authorized to speak to the press, By phone, "
            "January 2, 2026; a clerk, they fear dismissal, In an interview, January 2026",
        ),
        ("requests for comment", "The mayor, the ice, declined to comment, No."),
        (
            "notebook",
            "Log, Ours, https://a.test/log, notebook/log.csv; How, We measured.",
        ),
        ("", "See the log (https://a.test/log) of May."),
        ("", "It froze"),
        ("", "photo: Ice, A. Holt, A frozen quay, pictures/800.jpeg"),
        ("", "pull quote: It froze"),
        ("", "And here (https://a.test/log)"),
    ]
    assert shown(version(), version(**SAID)) == [(name, [f"+{words}"]) for name, words in told]


def test_an_address_runs_from_left_to_right_in_arabic_too():
    with translation.override("ar"):
        words = [words for _, [words] in shown(version(), version(**SAID))]
    marked = [part for each in words for part in re.findall("\u2066(.+?)\u2069", each)]
    picture = "pictures/800.jpeg"
    assert marked == [picture, ADDRESS, "notebook/log.csv", ADDRESS, picture, ADDRESS]


def test_links_that_follow_each_other_are_each_told():
    a, b = ({"kind": "link", "address": f"https://{host}.test"} for host in "ab")
    runs = [run("One", a), run("two", b), run("three", a)]
    [(_, [words])] = shown(version(), version(body=[{"kind": "paragraph", "runs": runs}]))
    assert words == "+One (https://a.test)two (https://b.test)three (https://a.test)"


def test_a_source_is_told_with_how_often_it_is_quoted():
    named, unnamed = sources_told(version(**SAID))
    assert (named["heard"], named["quotations"], named["checked"]) == (
        ["By phone, January 2, 2026"],
        2,
        ["1 quotation compared with the recording"],
    )
    assert (unnamed["heard"], unnamed["quotations"], unnamed["checked"]) == (
        ["In an interview, January 2026"],
        1,
        [],
    )


def test_words_that_readers_see_are_found_across_their_marks():
    found = set(words_in(SAID))
    assert {"See the log of May.", "It froze", "they fear dismissal", "harbour master"} <= found
    assert not found & {"q1", "phone", "dataset", "declined", "recording", "ab" * 32, "by"}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("It froze.", "It all froze.", [["It ", "+all ", "froze."]]),
        ("It froze|It broke", "It broke|It froze", [["+It broke"], ["It froze"], ["-It broke"]]),
        ("one two", "one four five", [["one ", "-two", "+four five"]]),
        ("one two three", "one four five", [["+one four five"], ["-one two three"]]),
        ("a b|It froze", "It broke", [["-a b"], ["It ", "-froze", "+broke"]]),
        ("It froze|c d", "It broke", [["It ", "-froze", "+broke"], ["-c d"]]),
        (
            "It froze|c d|e f g",
            "It broke|e g",
            [["It ", "-froze", "+broke"], ["-c d"], ["e ", "-f ", "g"]],
        ),
        ("It’s 1,000.5", "It’s 1,000.6", [["It’s ", "-1,000.5", "+1,000.6"]]),
    ],
)
def test_paragraphs_stand_beside_what_they_came_from(before, after, told):
    older, newer = (
        version(body=[{"kind": "paragraph", "runs": [run(line)]} for line in each.split("|")])
        for each in (before, after)
    )
    assert [parts for _, parts in shown(older, newer)] == told


@pytest.mark.parametrize(("same", "is_one"), [(7, True), (6, False)])
def test_a_paragraph_came_from_one_with_a_third_of_its_words(same, is_one):
    old, new = (
        body(" ".join([f"same{n}" for n in range(same)] + [f"{name}{n}" for n in range(20 - same)]))
        for name in ("old", "new")
    )
    assert len(shown(old, new)) == (1 if is_one else 2)


def body(text):
    return version(body=[{"kind": "paragraph", "runs": [run(text)]}])


OTHER_PHOTO = PHOTO | {"credit": "Bo Lind"}
OTHER_PICTURE = PHOTO | {"renditions": [rendition(400) | {"jpeg": FILE}]}
PICTURE, NOTEBOOK = "a picture or a link changed", "the notebook of the story changed"


@pytest.mark.parametrize(
    ("name", "other", "says"),
    [
        ("slug", "other", "the slug of the story changed"),
        ("section", None, "the section of the story changed"),
        ("tags", ["Ice"], "the tags of the story changed"),
        ("deck", "For a “long” week", "“long” stands between quotation marks"),
        ("comment_requests", [], "the comment requests of the story changed"),
        ("lead_photo", None, PICTURE),
        ("lead_photo", OTHER_PHOTO, PICTURE),
        ("lead_photo", OTHER_PICTURE, PICTURE),
        (
            "lead_photo",
            PHOTO | {"caption": "Ice, Holt"},
            "“+ , Holt” is more than spelling, punctuation or layout",
        ),
        (
            "lead_photo",
            PHOTO | {"alt": "A frozen pier"},
            "“quay → pier” is more than spelling, punctuation or layout",
        ),
        ("lead_photo", PHOTO | {"alt": "A frozen quay."}, None),
        ("lead_photo", PHOTO | {"width": 901}, None),
        ("notebook", SAID["notebook"][:1], NOTEBOOK),
        ("notebook", [SAID["notebook"][0] | {"file": None}, SAID["notebook"][1]], NOTEBOOK),
        (
            "notebook",
            [SAID["notebook"][0] | {"file": FILE | {"table": {}}}, SAID["notebook"][1]],
            None,
        ),
        ("body", BODY[1:4], PICTURE),
        ("body", [*BODY[:2], {"kind": "photo", **OTHER_PHOTO}, *BODY[3:]], PICTURE),
        ("body", [*BODY[:2], *BODY[3:]], PICTURE),
        ("body", [*BODY[:3], *BODY[4:]], "“It froze” stands between quotation marks"),
        ("body", BODY[:4], "“− And here” is more than spelling, punctuation or layout"),
    ],
)
def test_what_a_minor_edit_leaves_as_it_is(name, other, says):
    told = more_than_minor(version(**SAID), version(**SAID | {name: other}))
    assert told == (f"{says}. Choose another kind." if says else "")


def test_what_a_file_shows_of_itself_makes_no_other_version():
    log, how = SAID["notebook"]
    again = [log | {"file": FILE | {"table": {}, "name": "notebook/other.csv"}}, how]
    assert is_same_to_readers(version(**SAID), version(**SAID | {"notebook": again}))
    other = [log | {"file": FILE | {"digest": "ef" * 32}}, how]
    assert not is_same_to_readers(version(**SAID), version(**SAID | {"notebook": other}))
    assert not is_same_to_readers(version(**SAID), version(**SAID | {"interviews": []}))
