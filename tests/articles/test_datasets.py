"""The first rows of a dataset: right ones, or none."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.media.datasets import DELIMITERS, table


def shown(content):
    return table(BytesIO(content))


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
