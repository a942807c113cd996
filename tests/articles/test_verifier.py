"""The verifier for strangers, which knows the format's text alone, and the project's own sealer beside it."""

import copy
import importlib.util
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.record import sealing

DOCS = Path(__file__).parents[2] / "docs"
SCRIPT = DOCS / "verify.py"
VECTORS = 179
QUICK = 20  # seconds, for a whole process on a busy machine


def load_verifier():
    spec = importlib.util.spec_from_file_location("verify", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = load_verifier()


def all_cases():
    """Each vector, by its file and what it is about; none twice."""
    cases = {}
    for path in sorted((DOCS / "record-vectors").glob("*.json")):
        for case in json.loads(path.read_text("utf-8"))["cases"]:
            assert cases.setdefault((path.stem, case["about"]), case) is case
    return cases


def refusal(given):
    """Say why a proof, a chain or JSON text is refused; None if it is accepted."""
    try:
        given = verifier.read(given) if isinstance(given, str) else given
        (verifier.verify_chain if isinstance(given, list) else verifier.verify)(given)
    except verifier.Refused as refused:
        return str(refused)
    return None


def test_every_vector_is_accepted_or_refused_as_it_says():
    cases = all_cases()
    accepted = {
        name: refusal(case["raw"] if "raw" in case else case["given"]) is None
        for name, case in cases.items()
    }
    assert accepted == {name: case["accept"] for name, case in cases.items()}
    assert len(accepted) == VECTORS
    assert 0 < sum(accepted.values()) < VECTORS


def test_every_vector_says_the_same_as_text():
    cases = all_cases().values()
    given = [case for case in cases if "given" in case]
    assert [refusal(json.dumps(case["given"])) is None for case in given] == [
        case["accept"] for case in given
    ]


@pytest.fixture
def chains():
    """The chain of three versions: whole, and with a name gone from all of them."""
    cases = all_cases()
    return {about: cases["07-chain", about]["given"] for about in ("before", "after")}


def places(value, path=()):
    yield path
    entries = enumerate(value) if isinstance(value, list) else ()
    for key, entry in value.items() if isinstance(value, dict) else entries:
        yield from places(entry, (*path, key))


JUNK = [None, True, 0, 1.0, 10**400, "", "x", "\0", [], {}, {"~text": [1]}, {"~withheld": True}]


@pytest.mark.parametrize("about", ["before", "after"])
def test_nothing_else_can_stand_anywhere(chains, about):
    """Whatever is written over, the version is refused, and nothing but Refused is raised."""
    proof = chains[about][1]
    assert refusal(proof) is None
    accepted = []
    for path in places(proof):
        for junk in JUNK:
            forged = {"proof": copy.deepcopy(proof)}
            *above, last = ("proof", *path)
            place = forged
            for key in above:
                place = place[key]
            if json.dumps(place[last]) != json.dumps(junk):
                place[last] = junk
                if refusal(forged["proof"]) is None:
                    accepted.append((path, junk))
    assert accepted == []


def test_no_member_can_be_missing(chains):
    for path in places(chains["after"][1]):
        forged = copy.deepcopy(chains["after"][1])
        place = forged
        for key in path[:-1]:
            place = place[key]
        if path:
            del place[path[-1]]
            assert refusal(forged), path


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a": 1, "a": 1}', "a member stands twice in one object"),
        ("1.0", "no integer of this format: 1.0"),
        ("1e3", "no integer of this format: 1e3"),
        ("-0", "no integer of this format: -0"),
        ("-Infinity", "no integer of this format: -Infinity"),
        ("9" * 1_000_000, f"no integer of this format: {'9' * 30}"),
        ("01", "it is not JSON: Extra data: line 1 column 2 (char 1)"),
        ('"\0"', "it is not JSON: Invalid control character at: line 1 column 2 (char 1)"),
        ("\ufeff{}", None),
        ("[1,]", None),
        ("[" * 100_000 + "]" * 100_000, "its arrays and objects are nested too deeply"),
        ('{"a":' * 100_000, "its arrays and objects are nested too deeply"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_the_reader_is_strict(text, why):
    with pytest.raises(verifier.Refused) as refused:
        verifier.read(text)
    assert why in (None, str(refused.value))


def test_the_reader_reads_what_the_format_has():
    text = '{"a": [0, -1, 9007199254740991, true, null, "\\ud83d\\ude00é"], "b": {}}'
    expected = {"a": [0, -1, 9007199254740991, True, None, "😀é"], "b": {}}
    assert verifier.read(text) == expected


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-I", SCRIPT, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "no_proxy": "*"},
        check=False,
    )


def saved(folder, proofs):
    paths = [folder / f"{number}.json" for number, _ in enumerate(proofs, 1)]
    for path, proof in zip(paths, proofs, strict=True):
        path.write_text(json.dumps(proof, ensure_ascii=False), "utf-8")
    return paths


def lines(chain, gaps):
    return "".join(
        f"version {number}  {proof['content_hash']}  holds{gap}\n"
        for number, (proof, gap) in enumerate(zip(chain, gaps, strict=True), 1)
    )


WHOLE = ["", "", ""]
CLOSING = "The chain of 3 versions holds. Now compare its newest hash with one kept elsewhere.\n"


def assert_refused(result, why):
    """One line, and no traceback."""
    assert result.returncode == 1
    assert result.stderr.splitlines() == [f"refused: {why}"]


def test_files_that_hold(chains, tmp_path):
    result = run(*saved(tmp_path, chains["before"]))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == lines(chains["before"], WHOLE) + CLOSING


def test_gaps_are_counted(chains, tmp_path):
    result = run(*saved(tmp_path, chains["after"]))
    assert (result.returncode, result.stderr) == (0, "")
    gaps = [", 2 gaps", ", 2 gaps", ", 3 gaps"]
    assert result.stdout == lines(chains["after"], gaps) + CLOSING


def test_a_chain_of_one(chains, tmp_path):
    result = run(*saved(tmp_path, chains["before"][:1]))
    assert result.stdout.splitlines()[1].startswith("The chain of 1 version holds.")


def test_the_newest_hash_that_was_kept(chains, tmp_path):
    paths = saved(tmp_path, chains["after"])
    newest = chains["before"][-1]["content_hash"]
    result = run(*paths, "--newest", newest)
    assert result.returncode == 0
    assert result.stdout.endswith("holds, and its newest hash is the one given.\n")

    older = run(*paths[:-1], "--newest", newest)
    assert_refused(older, "version 2 is the newest, but its hash is another")


def test_a_forged_version_is_named(chains, tmp_path):
    chains["before"][1]["content"]["headline"] = "Clerk signed never"
    paths = saved(tmp_path, chains["before"])
    result = run(*paths)
    assert result.stdout == lines(chains["before"][:1], [""])
    assert result.returncode == 1
    assert result.stderr.startswith(f"refused: version 2 ({str(paths[1])!a}): its content hash is")
    assert result.stderr.count("\n") == 1


def test_a_version_left_out_is_named(chains, tmp_path):
    first, _, third = saved(tmp_path, chains["before"])
    result = run(first, third)
    why = "another belongs here: this is the proof of version 3"
    assert_refused(result, f"version 2 ({str(third)!a}): {why}")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff{}", "it is not UTF-8"),
        (b" " * (verifier.LARGEST_PROOF + 1), "it has more than 16777216 bytes"),
    ],
    ids=["bytes", "large"],
)
def test_a_file_that_is_no_proof(tmp_path, content, why):
    path = tmp_path / "a\nb.json"
    path.write_bytes(content)
    assert_refused(run(path), f"version 1 ({str(path)!a}): {why}")


def test_a_file_that_is_not_there(tmp_path):
    result = run(tmp_path / "none.json")
    assert result.returncode == 1
    assert "No such file" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--newest", "0" * 64],
        ["1.json", "--newest", "A" * 64],
        ["1.json", "--unknown"],
        ["1.json", "https://example.org/history/"],
    ],
)
def test_wrong_usage(arguments):
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("usage: ")


HISTORY = "/2027/03/01/clerk-signed-twice/history/"


@pytest.fixture
def site():
    """A site on this machine: what stands in its pages is served, the rest is not found."""
    pages = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, content = pages.get(self.path, (404, b"nothing"))
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{HISTORY}", pages
        server.shutdown()


def serve(pages, chain):
    for number, proof in enumerate(chain, 1):
        pages[f"{HISTORY}{number}.json"] = (200, json.dumps(proof).encode())


def test_a_history_is_fetched_to_its_end(chains, site):
    history, pages = site
    serve(pages, chains["before"])
    result = run(history)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == lines(chains["before"], WHOLE) + CLOSING


def test_addresses_and_files_mix(chains, site, tmp_path):
    history, pages = site
    serve(pages, chains["before"])
    paths = saved(tmp_path, chains["before"])
    assert run(f"{history}1.json", paths[1], f"{history}3.json").returncode == 0


def test_an_address_without_a_history(site):
    history, _ = site
    why = "it cannot be read: the server answers 404"
    assert_refused(run(history), f"version 1 ('{history}1.json'): {why}")


def test_a_history_that_breaks_off_is_not_at_its_end(chains, site):
    history, pages = site
    serve(pages, chains["before"])
    pages[f"{HISTORY}2.json"] = (503, b"later")
    why = "it cannot be read: the server answers 503"
    assert_refused(run(history), f"version 2 ('{history}2.json'): {why}")


def test_a_missing_version_among_addresses_is_not_the_end(chains, site):
    history, pages = site
    serve(pages, chains["before"][:1])
    result = run(f"{history}1.json", f"{history}2.json")
    why = "it cannot be read: the server answers 404"
    assert_refused(result, f"version 2 ('{history}2.json'): {why}")


HEADER = {
    "at": "2027-03-01T08:30:00.000000Z",
    "hash_scheme": 1,
    "kind": "first",
    "number": 1,
    "previous": None,
    "story": "story-1",
}


def proof_of(content, commitments=()):
    proof = {"header": HEADER, "content": "CONTENT", "seeds": ["0" * 64] * 10_000}
    proof |= {"commitments": list(commitments), "content_hash": "0" * 64}
    return json.dumps(proof).replace('"CONTENT"', content)


FEWER = "it has fewer seeds or commitments than its content needs"
MORE = "it has more seeds or commitments than its content needs"
MILLIONS = '{"text": {"~text": [' + '1000000, "so ", ' * 2_000 + "1000000]}}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (proof_of("[" * 100_000 + "]" * 100_000), "its arrays and objects are nested too deeply"),
        (
            proof_of('{"a":' * 100 + "{}" + "}" * 100),
            "more than 32 objects and arrays are inside each other",
        ),
        (proof_of('{"a":0' + ',"a":0' * 10**6 + "}"), "a member stands twice in one object"),
        (proof_of("9" * 10**6), f"no integer of this format: {'9' * 30}"),
        (proof_of(MILLIONS), FEWER),
        (proof_of(MILLIONS, ["0" * 64] * 100_000), MORE),
    ],
    ids=["nested", "too deep", "duplicates", "number", "millions", "millions walked"],
)
def test_hostile_input_is_answered_quickly(tmp_path, text, why):
    path = tmp_path / "hostile.json"
    path.write_text(text)
    start = monotonic()
    assert_refused(run(path), f"version 1 ({str(path)!a}): {why}")
    assert monotonic() - start < QUICK


# The project's own sealer


def is_agreed(proof):
    """Does the sealer come to the hash that a proof names?"""
    given = (proof[name] for name in ("content", "header", "seeds", "commitments"))
    try:
        return sealing.computed_hash(*given) == proof["content_hash"]
    except sealing.Refused:
        return False


def test_the_sealer_agrees_with_every_accepted_vector():
    accepted = {name: case["given"] for name, case in all_cases().items() if case["accept"]}
    agreed = {
        name: all(map(is_agreed, given if isinstance(given, list) else [given]))
        for name, given in accepted.items()
    }
    assert agreed == dict.fromkeys(accepted, True)
    assert len({file for file, _ in agreed}) == 7


def test_the_sealer_agrees_with_no_forged_version():
    """What was changed, moved or dropped. Headers, chains and JSON are not the sealer's business."""
    forged = {
        name: case["given"]
        for name, case in all_cases().items()
        if name[0] in ("08-refuse-changed", "09-refuse-moved", "10-refuse-dropped")
    }
    assert len(forged) == 36
    assert [name for name, proof in forged.items() if is_agreed(proof)] == []


def in_pieces(pieces):
    """A text with a split of its own; where that is the one that the rule gives, the plain string."""
    text = "".join(pieces)
    return text if verifier.PIECE.findall(text) == pieces else {"~text": pieces}


LETTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
NAMES = st.sampled_from(["a", "a0", "a_", "aa", "b", "text", "z_9"])
TEXTS = st.text(LETTERS) | st.text("a é")
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-verifier.LARGEST_INTEGER, verifier.LARGEST_INTEGER)
    | TEXTS
    | st.lists(st.text(LETTERS, min_size=1), min_size=1).map(in_pieces),
    lambda values: st.lists(values) | st.dictionaries(NAMES, values),
    max_leaves=30,
)


@given(st.dictionaries(NAMES, VALUES, min_size=1))
def test_what_the_project_seals_strangers_can_verify(content):
    proof = {
        "header": HEADER,
        "content": content,
        **sealing.seal_content(content, HEADER)._asdict(),
    }
    assert is_agreed(proof)
    assert refusal(json.dumps(proof)) is None

    other = {**HEADER, "story": "story-2"}
    assert not is_agreed({**proof, "header": other})
    assert refusal({**proof, "header": other})


@pytest.mark.parametrize("about", ["before", "after"])
def test_the_sealer_takes_nothing_else_anywhere(chains, about):
    """Whatever is written over, it comes to another hash, or refuses."""
    proof = chains[about][1]
    assert is_agreed(proof)
    accepted = []
    for name in ("content", "seeds", "commitments"):
        for path in places(proof[name]):
            for junk in JUNK:
                *above, last = (name, *path)
                place = forged = copy.deepcopy(proof)
                for key in above:
                    place = place[key]
                if json.dumps(place[last]) != json.dumps(junk):
                    place[last] = junk
                    if is_agreed(forged):
                        accepted.append((last, path, junk))
    assert accepted == []


def nested(depth):
    return {"a": nested(depth - 1)} if depth else {}


MOST = 1_000_000


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"a": 2**53 - 1}, None),
        ({"a": 2**53}, "too large a number"),
        ({"a": 1 - 2**53}, None),
        ({"a": -(2**53)}, "too large a number"),
        ({"a": True}, None),
        ({"a": 1.0}, "1.0 cannot stand in a content"),
        ({"a": "\0"}, "U\\+0000"),
        ({"a": "\ud83d"}, "half a character"),
        (nested(31), None),
        (nested(32), "inside each other"),
        ([], "the content is no object"),
        ({"~text": ["It froze."]}, "the content is no object"),
        ({}, "the content is empty"),
        ({"A": 1}, "a member’s name is none"),
        ({1: 1}, "a member’s name is none"),
        ({"a": {"b": 1, 2: 1}}, "a member’s name is none"),
        ({"a": {"~text": []}}, "a text in pieces has none"),
        ({"a": {"~text": "It froze."}}, "a text in pieces has none"),
        ({"a": {"~text": ["It ", 1], "b": 1}}, "a text in pieces has none"),
        ({"a": {"~text": ["It ", ""]}}, "a piece of a text is empty, or no text"),
        ({"a": {"~text": ["It ", True]}}, "a piece of a text is empty, or no text"),
        ({"a": {"~text": ["It ", "\0"]}}, "U\\+0000"),
        ({"a": {"~text": ["It ", "froze."]}}, "a text in pieces that is plain"),
        ({"a": {"~text": ["It froze."]}}, None),
        ({"a": {"~text": [1, "froze."]}}, "a seed or a commitment is left over"),
        ({"a": {"~text": ["It ", 1, 1]}}, "two follow each other"),
        ({"a": {"~text": ["It ", 0]}}, "is no number"),
        ({"a": {"~text": ["It ", -1]}}, "is no number"),
        ({"a": {"~text": ["It ", MOST + 1]}}, "is no number"),
        ({"a": {"~text": ["It ", MOST]}}, "a seed or a commitment is missing"),
        ({"a": {"~withheld": True}}, "a seed or a commitment is left over"),
        ({"a": {"~withheld": False}}, "a member’s name is none"),
        ({"a": {"~withheld": True, "b": 1}}, "a member’s name is none"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_sealer_says_what_the_format_does_not_hold(content, why):
    """To the last number that it holds, and not to the next one."""
    zero = "0" * 64
    if why is None:
        assert len(sealing.computed_hash(content, HEADER, [zero], [])) == 64
    else:
        with pytest.raises(sealing.Refused, match=why):
            sealing.computed_hash(
                content, HEADER, [zero], [zero, zero] if "~" in str(content) else []
            )


@pytest.mark.parametrize("salt", [[], None, "0" * 64, ["0" * 63], ["A" * 64], ["0" * 64, 0]])
def test_a_salt_is_64_digits(salt):
    for salts in ((salt, []), (["0" * 64], salt or [1])):
        with pytest.raises(sealing.Refused):
            sealing.computed_hash({"a": 1}, HEADER, *salts)
