"""The OpenAPI 3.1 description of the API."""

from __future__ import annotations

from typing import Any

from ...record.fields import FIELDS

Row = dict[str, Any]


def _query(name: str, says: str, **schema: Any) -> Row:
    return {
        "name": name,
        "in": "query",
        "description": says,
        "schema": {"type": "string", **schema},
    }


def _object(**properties: Row) -> Row:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list_of(schema: Row) -> Row:
    return {"type": "array", "items": schema}


def _answer(says: str, schema: Row) -> Row:
    return {"description": says, "content": {"application/json": {"schema": schema}}}


def _ref(name: str) -> Row:
    return {"$ref": f"#/components/schemas/{name}"}


def _page_of(schema: Row) -> Row:
    return _object(items=_list_of(schema), next={**_OR_NONE, "format": "uri"})


def _get(summary: str, parameters: list[Row], answers: Row) -> Row:
    not_modified = {"304": {"description": "What you have is what there is."}}
    return {
        "get": {"summary": summary, "parameters": parameters, "responses": answers | not_modified}
    }


_TEXT: Row = {"type": "string"}
_OR_NONE: Row = {"type": ["string", "null"]}
_MOMENT: Row = {"type": "string", "format": "date-time"}
_NUMBER: Row = {"type": "integer"}
_ERROR = _object(error=_TEXT)
_BAD = {"400": _answer("A filter that cannot be read.", _ERROR)}
_PAGED = [
    _query(
        "before", "The cursor that an answer gives in “next”.", pattern=r"^-?\d{1,18}-\d{1,18}$"
    ),
    {**_query("limit", "Items in an answer."), "schema": {**_NUMBER, "minimum": 1, "maximum": 100}},
]
_FILTERS = [
    _query("section", "The slug of a section."),
    _query("tag", "The slug of a tag."),
    _query("author", "The slug of an author."),
    _query("since", "Published at this time or later.", format="date-time"),
    _query("until", "Published before this time.", format="date-time"),
]
_KEY = {"name": "id", "in": "path", "required": True, "schema": {**_NUMBER, "minimum": 1}}


def _told(*, in_lists: bool) -> Row:
    """What the table of public fields tells machines of a story."""
    told = (each for row in FIELDS.values() for each in row.machines)
    return {each.name: each.schema for each in told if each.in_lists == in_lists}


def _brief() -> Row:
    return _object(
        id=_NUMBER,
        url={**_TEXT, "format": "uri"},
        api_url={**_TEXT, "format": "uri"},
        version=_NUMBER,
        **_told(in_lists=True),
    )


def _whole() -> Row:
    added = _object(
        **_told(in_lists=False),
        body_html=_TEXT,
        body_text=_TEXT,
        changes=_list_of(_object(kind=_TEXT, label=_TEXT, note=_TEXT, at=_MOMENT)),
        content_hash={**_TEXT, "description": "The hash of this version: see its proof."},
        history_url={**_TEXT, "format": "uri"},
        ninjs_url={**_TEXT, "format": "uri"},
    )
    return {"allOf": [_ref("Brief"), added]}


_CORRECTION = _object(kind=_TEXT, note=_TEXT, at=_MOMENT, version=_NUMBER, story=_ref("Brief"))


def described() -> Row:
    """The description, but for the site's own name and address."""
    schemas = {"Brief": _brief(), "Whole": _whole(), "Correction": _CORRECTION}
    return {**_API, "components": {"schemas": schemas}}


_API: Row = {
    "openapi": "3.1.0",
    "paths": {
        "/api/stories/": _get(
            "The newest stories",
            [*_FILTERS, *_PAGED],
            {"200": _answer("Stories, the newest first.", _page_of(_ref("Brief"))), **_BAD},
        ),
        "/api/stories/{id}/": _get(
            "One story, with its sources and every change to it",
            [_KEY],
            {
                "200": _answer("The story as it stands.", _ref("Whole")),
                "404": _answer("No such story is public.", _ERROR),
            },
        ),
        "/api/corrections/": _get(
            "Corrections, clarifications and retractions",
            _PAGED,
            {"200": _answer("The newest first.", _page_of(_ref("Correction"))), **_BAD},
        ),
    },
}
