"""Pictures are rebuilt from pixels; what is not one, or is too large, is told so."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.urls import reverse
from PIL import Image

from articles.media.pictures import rebuild
from articles.models import Photo
from tests.factories import make_image, make_photo


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
