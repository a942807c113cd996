"""Pictures are rebuilt from pixels; what is not one, or is too large, is told so."""

import struct
from base64 import b64decode
from datetime import timedelta
from io import BytesIO
from itertools import count

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles.media.picture_words import words_of
from articles.media.pictures import looks_like_one, rebuild
from articles.models import Article, Photo
from tests.articles.test_public_files import NoSpace
from tests.desk import post
from tests.factories import make_article, make_image, make_live, make_photo, make_video


def test_nothing_but_pixels_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "zqxsecret"
    exif.get_ifd(0x8825)[1] = "N"
    upload = make_image(exif=exif, comment=b"zqxsecret", icc_profile=b"zqxsecret")
    assert upload.read().count(b"zqxsecret") == 3
    rebuilt = rebuild(upload).read()
    assert b"zqxsecret" not in rebuilt
    picture = Image.open(BytesIO(rebuilt))
    assert (picture.size, dict(picture.getexif())) == ((640, 480), {})
    assert set(picture.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }


def test_a_picture_stands_upright_when_its_exif_is_gone():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert Image.open(rebuild(make_image(exif=exif))).size == (480, 640)


def test_transparency_becomes_paper():
    file = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(file, "PNG")
    assert Image.open(rebuild(file)).getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bits_of_grey_become_eight():
    file = BytesIO()
    Image.new("I;16", (40, 40), 30_000).save(file, "PNG")
    assert Image.open(rebuild(file)).getpixel((5, 5)) == (116, 116, 116)


def test_what_sixteen_bits_of_grey_hide_stays_hidden():
    picture = Image.new("I;16", (40, 40), 30_000)
    picture.paste(500, (0, 0, 20, 40))
    file = BytesIO()
    picture.save(file, "PNG", transparency=500)
    rebuilt = Image.open(rebuild(file))
    assert min(rebuilt.getpixel((5, 5))) > 235  # white, as JPEG has it
    assert rebuilt.getpixel((30, 5)) == (116, 116, 116)


@pytest.mark.django_db
def test_a_long_thin_picture_has_renditions():
    photo = make_photo(make_image((3200, 33)))
    assert [one["height"] for one in photo.shown["renditions"]] == [5, 10, 16]


def bomb():
    """A small file that claims 200 megapixels."""
    file = BytesIO()
    Image.new("1", (20_000, 10_000)).save(file, "PNG")
    return file


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (lambda: BytesIO(b"<svg onload='x'/>"), "not a picture that we can read"),
        (lambda: BytesIO(b""), "not a picture that we can read"),
        (lambda: BytesIO(make_image((600, 600)).read()[:1500]), "damaged"),
        (bomb, "takes up to 60 megapixels"),
        (lambda: make_image((100, 100), "GIF"), "not a picture that we can read"),
        (lambda: make_image((6000, 1)), "too small"),
    ],
)
def test_what_is_no_picture_is_told_so(file, told):
    with pytest.raises(ValidationError, match=told):
        rebuild(file())


@pytest.mark.django_db
def test_renditions_keep_the_shape_and_the_card_the_focal_point():
    tall = Image.new("RGB", (640, 480), "teal")
    tall.paste("white", (0, 0, 640, 40))
    file = BytesIO()
    tall.save(file, "JPEG")
    photo = make_photo(file)
    shown = photo.shown
    assert [(one["width"], one["height"]) for one in shown["renditions"]] == [
        (480, 360),
        (640, 480),
    ]
    assert (shown["card"]["width"], shown["card"]["height"]) == (720, 480)
    photo.focal_y = 0.1
    photo.save()
    cards = [shown["card"]["webp"], photo.shown["card"]["webp"]]
    assert len({card["digest"] for card in cards}) == 2
    assert [one["webp"]["digest"] for one in photo.shown["renditions"]] == [
        one["webp"]["digest"] for one in shown["renditions"]
    ]
    names = [card["file"] for card in cards]
    assert len(set(names)) == 2
    assert all(storages["default"].exists(name) for name in names)


@pytest.mark.django_db
def test_a_refused_upload_loses_nothing_that_was_typed(cast, client):
    client.force_login(cast.reporter)
    file = bomb()
    file.name, _ = "huge.png", file.seek(0)
    fields = {"file": file, "alt": "Ice on ropes", "credit": "A. Holt", "focal_x": 0.5}
    page = client.post(reverse("admin:articles_photo_add"), fields | {"focal_y": 0.5})
    assert "The picture is too large" in page.content.decode()
    assert "Ice on ropes" in page.content.decode()
    assert not Photo.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["alt", "credit"])
def test_alternative_text_and_credit_are_required(cast, client, missing):
    client.force_login(cast.reporter)
    file = make_image()
    file.name = "ice.jpg"
    fields = {"file": file, "alt": "Ice", "credit": "A", "focal_x": 0.5, "focal_y": 0.5}
    url = reverse("admin:articles_photo_add")
    assert client.post(url, fields | {missing: ""}).status_code == 200
    assert not Photo.objects.exists()
    file.seek(0)
    assert client.post(url, fields).status_code == 302
    assert Photo.objects.get().upload_digest


# --- Many at once, and what their files say

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" photoshop:Credit="Harbour Pictures">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Curlew at the pier</rdf:li></rdf:Alt></dc:description>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A ferry at dusk</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def iim(**datasets):
    """A Photoshop block of a JPEG with datasets of IPTC-IIM in it, by their numbers."""
    records = b"".join(
        b"\x1c\x02" + bytes([int(name[1:])]) + struct.pack(">H", len(text)) + text
        for name, text in datasets.items()
    )
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(records)) + records
    return b"Photoshop 3.0\x00" + block + b"\x00" * (len(records) % 2)


def with_iim(image, **datasets):
    said = iim(**datasets)
    jpeg = image.getvalue()
    marker = b"\xff\xed" + struct.pack(">H", len(said) + 2) + said
    return BytesIO(jpeg[:2] + marker + jpeg[2:])


def test_a_file_says_what_it_shows_and_who_took_it():
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "Dredger at the bar", "T. Lindqvist"
    assert words_of(make_image(exif=exif)) == ("Dredger at the bar", "", "T. Lindqvist")
    told = with_iim(make_image(exif=exif), _120="Åre, 9°".encode(), _80=b"A. Holt")
    # An agency's words come before a camera's, and IPTC's credit line before a name.
    assert words_of(told) == ("Åre, 9°", "", "A. Holt")
    assert words_of(make_image(exif=exif, xmp=XMP.encode())) == (
        "Curlew at the pier",
        "A ferry at dusk",
        "Harbour Pictures",
    )


@pytest.mark.parametrize(
    "odd",
    [
        BytesIO(b""),
        BytesIO(b"no picture"),
        make_image(xmp=b"<x:xmpmeta><broken"),
        make_image(xmp=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        with_iim(make_image(), _120=b"\xff\xfe\x00\x01"),
        BytesIO(make_image().getvalue()[:300]),
    ],
)
def test_what_cannot_be_read_in_a_file_says_nothing(odd):
    assert words_of(odd).credit == ""
    assert odd.tell() == 0


@pytest.mark.django_db
def test_of_many_files_each_is_kept_or_refused_by_itself(cast, client):
    client.force_login(cast.reporter)
    exif = Image.Exif()
    exif[0x010E] = "Dredger at the bar"
    sent = [
        SimpleUploadedFile("good.jpg", make_image(exif=exif).getvalue()),
        SimpleUploadedFile("notes.jpg", b"no picture"),
        SimpleUploadedFile("small.png", make_image((8, 8), "PNG").getvalue()),
        SimpleUploadedFile("also.png", make_image(kind="PNG").getvalue()),
    ]
    page = client.post(reverse("admin:articles_photo_bring"), {"files": sent})
    said = [(each.name, bool(each.row)) for each in page.context["brought"]]
    assert said == [
        ("good.jpg", True),
        ("notes.jpg", False),
        ("small.png", False),
        ("also.png", True),
    ]
    assert "This is not a picture that we can read" in page.content.decode()
    kept = {photo.caption for photo in Photo.objects.filter(uploaded_by=cast.reporter)}
    assert kept == {"Dredger at the bar", ""}
    # What nobody has said of them is asked for, and keeps them from readers.
    library = client.get(reverse("admin:articles_photo_changelist"), {"state": "missing"})
    assert len(library.context["cl"].result_list) == 2
    assert "No alternative text, no credit" in library.content.decode()


@pytest.mark.django_db
def test_a_disk_that_keeps_no_photo_is_told_of(cast, client):
    client.force_login(cast.reporter)
    for number in count(1):
        sent = SimpleUploadedFile("good.jpg", make_image().getvalue())
        with pytest.MonkeyPatch.context() as patch:
            disk = NoSpace(patch, number)
            page = client.post(
                reverse("admin:articles_photo_bring"), {"files": [sent], "part": "1"}
            ).content.decode()
        if not disk.refused:
            break
        assert "good.jpg" in page and "could not keep it (No space left on device)" in page
        assert not Photo.objects.exists()
    assert number > 1
    assert Photo.objects.count() == 1


@pytest.mark.django_db
def test_a_photo_of_a_story_under_embargo_is_not_everybodys(cast, client):
    held, other = make_photo(caption="Held"), make_photo(caption="Other")
    in_text = make_photo(caption="In its text")
    story = make_article(
        assigned_to=cast.reporter,
        lead_photo=held,
        body=f'<p>Ice.</p><figure data-photo="{in_text.pk}"></figure>',
        embargoed_until=timezone.now() + timedelta(days=1),
    )

    def seen_by(user):
        client.force_login(user)
        library = client.get(reverse("admin:articles_photo_changelist"))
        return {photo.caption for photo in library.context["cl"].result_list}

    assert seen_by(cast.reporter) == {"Held", "Other", "In its text"}
    assert seen_by(cast.editor) == {"Held", "Other", "In its text"}
    assert seen_by(cast.second_reporter) == {"Other"}
    for address in (held.thumbnail_url, held.file.url):
        assert client.get(address).status_code == 404
    assert client.get(other.thumbnail_url).status_code == 200
    assert other.caption in client.get(reverse("admin:articles_photo_find")).content.decode()
    assert "Held" not in client.get(reverse("admin:articles_photo_find")).content.decode()
    # Over, it is a photo like any other; and whoever brought it in has seen it before.
    Photo.objects.filter(pk=in_text.pk).update(uploaded_by=cast.second_reporter)
    assert seen_by(cast.second_reporter) == {"Other", "In its text"}
    Article.objects.filter(pk=story.pk).update(embargoed_until=timezone.now())
    assert seen_by(cast.second_reporter) == {"Held", "Other", "In its text"}


@pytest.mark.django_db
def test_an_embargo_keeps_no_photo_that_stands_elsewhere_and_none_is_had_by_its_number(
    cast, client
):
    shared, held = make_photo(caption="Shared"), make_photo(caption="Held")
    until = timezone.now() + timedelta(days=1)
    make_article(
        assigned_to=cast.reporter,
        lead_photo=shared,
        embargoed_until=until,
        body=f'<p>Ice.</p><figure data-photo="{held.pk}"></figure>',
    )
    mine = make_article(assigned_to=cast.second_reporter)
    assert shared not in Photo.objects.visible_to(cast.second_reporter)
    make_live(cast.editor, lead_photo=shared)
    assert shared in Photo.objects.visible_to(cast.second_reporter)
    assert held not in Photo.objects.visible_to(cast.second_reporter)
    client.force_login(cast.second_reporter)
    taken = f'<p>Ice.</p><figure data-photo="{held.pk}"></figure>'
    page = post(client, mine, body=taken)
    assert "You may not use photo" in page.content.decode()
    mine.refresh_from_db()
    assert "figure" not in mine.body
    # One that stood there before stays.
    Article.objects.filter(pk=mine.pk).update(body=taken)
    mine.refresh_from_db()
    post(client, mine, body=taken + "<p>More.</p>")
    mine.refresh_from_db()
    assert "More." in mine.body


@pytest.mark.django_db
def test_a_photo_says_where_it_is_used_to_those_who_see_the_story(cast, client):
    photo = make_photo()
    make_article(headline="At the head", assigned_to=cast.reporter, lead_photo=photo)
    make_article(
        headline="In the text", body=f'<p>Ice.</p><figure data-photo="{photo.pk}"></figure>'
    )
    address = reverse("admin:articles_photo_change", args=[photo.pk])
    client.force_login(cast.editor)
    page = client.get(address).content.decode()
    assert "At the head" in page and "In the text" in page
    client.force_login(cast.reporter)
    page = client.get(address).content.decode()
    assert "At the head" in page and "In the text" not in page


# 64 × 48 pixels, the left half blue and the right half red: what an iPhone writes. Nothing here can write one.
HEIC = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAA"
    "AAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAA"
    "AAAAcQACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQ"
    "IAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEM"
    "Af//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFlurkprm4EBAwIAAAAwAgAAADAC"
    "EiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgI"
    "AAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAAHltZGF0AAAAbSgBrw"
    "ngOSMkv//8Xf/e/09u//ysTcE4/g8W//4V/jf+ze9RGNYsr0j4j4vy/K+znFWIxzGHaFIPeppqviQw4VNwP4ntp9qw"
    "VhRcFcYsAq/LQXJ2/+mMUtuTBRs+B34BmxbNjdFhMqCYBLqzUjw="
)


def avif():
    file = BytesIO()
    picture = Image.new("RGB", (64, 48), (200, 30, 30))
    picture.paste((30, 30, 200), (0, 0, 32, 48))
    exif = Image.Exif()
    exif[0x010E] = "zqxsecret"
    picture.save(file, "AVIF", exif=exif)
    return file.getvalue()


@pytest.mark.parametrize("content", [HEIC, avif()], ids=["heic", "avif"])
def test_what_a_phone_writes_is_taken_and_becomes_a_jpeg(content):
    rebuilt = Image.open(rebuild(BytesIO(content)))
    assert (rebuilt.format, rebuilt.size) == ("JPEG", (64, 48))
    left, right = rebuilt.getpixel((10, 20)), rebuilt.getpixel((55, 20))
    assert left[2] > 150 > left[0]
    assert right[0] > 150 > right[2]
    assert not rebuilt.getexif()


@pytest.mark.parametrize("content", [HEIC[:300], HEIC[:12] + bytes(400), avif()[:100]])
def test_a_damaged_one_of_a_phone_is_refused(content):
    with pytest.raises(ValidationError, match="picture is damaged"):
        rebuild(BytesIO(content))


def test_one_of_a_phone_that_is_too_large_is_refused_before_it_is_decoded(settings):
    settings.MAX_PICTURE_PIXELS = 64 * 48 - 1
    with pytest.raises(ValidationError, match=r"too large \(64 × 48\)"):
        rebuild(BytesIO(HEIC))


def test_one_of_a_phone_under_another_name_is_a_picture_all_the_same():
    assert looks_like_one(BytesIO(HEIC))
    assert not looks_like_one(BytesIO(make_video()))


@pytest.mark.parametrize(
    ("size", "doubt"),
    [
        ((9000, 40), "A strip (3200 × 14): cards show a small part of it"),
        ((40, 40), "Small (40 × 40): it is blurred where it is shown larger"),
        ((720, 480), ""),
        ((1600, 900), ""),
    ],
)
@pytest.mark.django_db
def test_a_picture_that_looks_bad_somewhere_says_so_when_it_is_brought(cast, client, size, doubt):
    client.force_login(cast.photo_editor)
    written = BytesIO()
    Image.new("RGB", size, "white").save(written, "PNG")
    upload = SimpleUploadedFile("quay.png", written.getvalue())
    answer = client.post(reverse("admin:articles_photo_bring"), {"part": 1, "files": [upload]})
    assert Photo.objects.get().doubt == doubt
    assert doubt in answer.content.decode()
