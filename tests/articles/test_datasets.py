"""The first rows of a dataset: right ones, or none."""

import csv
import json
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.media.datasets import DELIMITERS
from articles.media.read_table import read


def shown(content, language="en-us"):
    return read(content, language)["table"]


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20)


def says_something(cell):
    return cell.strip().strip(DELIMITERS)


TABLES = st.integers(2, 10).flatmap(
    lambda columns: st.lists(
        st.lists(CELLS.filter(says_something), min_size=columns, max_size=columns),
        min_size=1,
        max_size=12,
    )
)


def written(rows, delimiter, line_end="\n"):
    text = StringIO()
    writer = csv.writer(
        text, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_NONNUMERIC
    )
    writer.writerows(rows)
    return text.getvalue()


@given(TABLES, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_what_was_written_is_read(rows, delimiter, line_end, with_mark):
    content = written(rows, delimiter, line_end).encode("utf-8-sig" if with_mark else "utf-8")
    expected = [[" ".join(cell.split()) for cell in row[:8]] for row in rows[:7]]
    assert shown(content) == {
        "heads": expected[0],
        "rows": expected[1:],
        "row_count": len(rows) - 1,
        "column_count": len(rows[0]),
    }


@given(st.one_of(st.binary(), st.text(st.sampled_from('ab",;\t|\n\r é\x00')).map(str.encode)))
def test_no_file_is_an_error(content):
    """Whatever it is, what comes of it fits the page and can be stored."""
    found = shown(content)
    if found is None:
        return
    assert "\\u0000" not in json.dumps(found)
    assert 1 <= len(found["heads"]) <= 8
    assert len(found["rows"]) == min(6, found["row_count"])
    assert all(len(row) == len(found["heads"]) for row in found["rows"])
    assert all(len(cell) <= 60 for row in [found["heads"], *found["rows"]] for cell in row)


@pytest.mark.parametrize(
    ("content", "heads", "first", "size"),
    [
        (b"day,ice\n1,2\n", ["day", "ice"], ["1", "2"], (1, 2)),
        (
            "stra\u00dfe;wert\nAllee;1,5\n".encode("cp1252"),
            ["straße", "wert"],
            ["Allee", "1,5"],
            (1, 2),
        ),
        ("tag\teis\n1\t2\n".encode("utf-16"), ["tag", "eis"], ["1", "2"], (1, 2)),
        (b"name\nHolt, A.\nOkafor\nMarsh\n", ["name"], ["Holt, A."], (3, 1)),
        (b"\n,,\na,b,,\n\n1,2,,\n", ["a", "b"], ["1", "2"], (1, 2)),
        (b"a,b\n1\n1,2,3\n1,2\n", ["a", "b", ""], ["1", "", ""], (3, 3)),
        (b'a,b\n"one\n  line",2\n', ["a", "b"], ["one line", "2"], (1, 2)),
        (b"a,b\n" + b"x" * 61 + b",2\n", ["a", "b"], ["x" * 59 + "…", "2"], (1, 2)),
    ],
)
def test_tables_as_offices_write_them(content, heads, first, size):
    found = shown(content)
    assert (found["heads"], found["rows"][0]) == (heads, first)
    assert (found["row_count"], found["column_count"]) == size


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n,,\n",
        b"\xef\xbb\xbf",
        b"PK\x03\x04 a zip, of another name",
        b"a,b\n1,\x00\n",
        b'a,b\n1,"never closed\n2,3\n',
        b"a,b\n" * 100 + b'1,"closed too late\n' + b"2,3\n" * 100 + b'4,"5"\n',
        b"a,b\n1," + b"x" * 2_000_000,
    ],
)
def test_what_is_no_table_is_shown_as_none(content):
    assert shown(content) is None


def test_a_million_rows_are_counted():
    found = shown(b"day,ice,note\n" + b"1,2,\n" * 999_999 + b"1,2,3,4,5,6,7,8,9,10\n")
    assert (found["row_count"], found["column_count"]) == (1_000_000, 10)
    assert (len(found["rows"]), len(found["heads"])) == (6, 8)


# In other encodings

ARABIC = (
    "المدينة,عدد السكان,السنة\nالقاهرة,9539673,2019\nالإسكندرية,5200000,2019\nبورسعيد,749371,2018\n"
)
JAPANESE = "市町村,人口,年度\n札幌市,1973395,2020\n函館市,251084,2020\n小樽市,111299,2020\n"
RUSSIAN = (
    "Город,Население,Год\nМосква,12655050,2021\nСанкт-Петербург,5384342,2021\nКазань,1257341,2021\n"
)
GREEK = "Πόλη,Πληθυσμός,Έτος\nΑθήνα,664046,2011\nΘεσσαλονίκη,325182,2011\nΠάτρα,168034,2011\n"
HEBREW = "עיר,אוכלוסייה,שנה\nירושלים,936425,2020\nתל אביב,460613,2020\nחיפה,285316,2020\n"
TURKISH = (
    "Şehir,Nüfus,Yıl\nİstanbul,15462452,2020\nDiyarbakır,1783431,2020\nÇanakkale,541548,2020\n"
)
POLISH = "Miasto,Ludność,Rok\nŁódź,677286,2020\nKraków,779966,2020\nGdańsk,470805,2020\n"
GERMAN = (
    "Straße;Wert;Jahr\nAllee;1,5;2020\nMünchner Straße;2,5;2021\nKöniggrätzer Straße;7,0;2021\n"
)
CHINESE = "城市,人口,年份\n北京,21893095,2020\n上海,24870895,2020\n广州,18676605,2020\n"
KOREAN = "도시,인구,연도\n서울,9668465,2020\n부산,3391946,2020\n대구,2418346,2020\n"
THAI = "จังหวัด,ประชากร,ปี\nกรุงเทพ,5588222,2020\nเชียงใหม่,1784370,2020\n"


@pytest.mark.parametrize(
    ("language", "text", "encoding"),
    [
        ("ar", ARABIC, "cp1256"),
        ("ar", ARABIC, "iso8859-6"),
        ("ja", JAPANESE, "cp932"),
        ("ja", JAPANESE, "euc_jp"),
        ("ru", RUSSIAN, "cp1251"),
        ("ru", RUSSIAN, "koi8_r"),
        ("uk", RUSSIAN, "cp866"),
        ("el", GREEK, "cp1253"),
        ("he", HEBREW, "cp1255"),
        ("tr", TURKISH, "cp1254"),
        ("pl", POLISH, "cp1250"),
        ("de", GERMAN, "cp1252"),
        ("de", GERMAN, "mac_roman"),
        ("de", GERMAN, "cp850"),
        ("zh-hans", CHINESE, "gb18030"),
        ("ko", KOREAN, "euc_kr"),
        ("th", THAI, "tis_620"),
        # Of another language than the newsroom's
        ("en-us", ARABIC, "cp1256"),
        ("en-us", RUSSIAN, "koi8_r"),
        ("en-us", GREEK, "cp1253"),
        ("ar", GERMAN, "cp1252"),
    ],
)
def test_a_table_of_any_office_is_read_in_its_own_letters(language, text, encoding):
    delimiter = ";" if ";" in text else ","
    rows = [line.split(delimiter) for line in text.splitlines()]
    found = shown(text.encode(encoding), language)
    assert [found["heads"], *found["rows"]] == rows


def test_where_the_encoding_is_a_guess_the_others_are_offered_with_what_they_make():
    content = POLISH.encode("cp1250")
    told = read(content, "en-us")
    samples = {each["encoding"]: each["sample"] for each in told["readings"]}
    assert "Miasto,Ludność,Rok" in samples.values()
    right = next(name for name, sample in samples.items() if "Ludność" in sample)
    assert read(content, "en-us", right)["table"]["rows"][0][0] == "Łódź"
    # Chosen, it comes first; what was not offered is not taken.
    assert read(content, "en-us", right)["readings"][0]["encoding"] == right
    assert read(content, "en-us", "utf_7")["table"] == told["table"]
    assert "readings" not in read(POLISH.encode(), "en-us")


def test_what_no_guess_fits_is_no_table():
    assert shown(JAPANESE.encode("euc_jp")) is None
    assert shown(bytes(range(128, 256)) * 20) is None


def test_of_a_damaged_file_the_damaged_letters_alone_are_lost():
    content = GERMAN.encode() * 20
    broken = content.replace("Königgrätzer".encode(), b"K\xf6niggr\xc3\xa4tzer", 1)
    found = shown(broken)
    assert found["heads"] == ["Straße", "Wert", "Jahr"]
    assert found["rows"][2][0] == "K\ufffdniggrätzer Straße"
    assert found["rows"][1][0] == "Münchner Straße"


@pytest.mark.parametrize(
    ("content", "heads", "size"),
    [
        (b"sep=;\r\na;b\r\n1,5;2\r\n", ["a", "b"], 1),
        (b"\xef\xbb\xbfsep=,\na,b\n1,2\n", ["a", "b"], 1),
        (b"Town spending\nin pounds\n\na,b\n1,2\n3,4\n", ["a", "b"], 2),
        (b"a,b\n1,2\n3,4\n\nSource: the treasurer\nAs of May\n", ["a", "b"], 2),
        (b"a,b\n1,2\nnone\n3,4\n", ["a", "b"], 3),  # in the middle it is a row
    ],
)
def test_what_stands_around_a_table_is_no_row(content, heads, size):
    found = shown(content)
    assert (found["heads"], found["row_count"]) == (heads, size)
    assert all(row[1] or row[0] == "none" for row in found["rows"])


@pytest.mark.parametrize(
    "page",
    [b"<!DOCTYPE html>\n<html><p>Not found, sorry</p></html>", b"\n <html>\n<p>404, gone</p>\n"],
)
def test_a_page_that_was_saved_for_a_table_is_none(page):
    assert shown(page) is None
