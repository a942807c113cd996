"""The given transcripts, as the programs write them, with what a careful editor expects of each."""

import importlib.util
import json
from collections import Counter

import pytest

from sources.transcripts.looking import look_for
from sources.transcripts.reading import read_transcript
from sources.transcripts.transcript import NotATranscript


@pytest.fixture
def cases(shared):
    folder = shared / "cases" / "transcripts"
    spec = importlib.util.spec_from_file_location("check", folder / "check.py")
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    return folder, check, json.loads((folder / "cases.json").read_text("utf-8"))


def test_files_are_read_and_quotations_found_as_an_editor_expects(cases):
    folder, check, given = cases
    right, asked = Counter(), Counter()
    for case in (each for each in given if not each["expect"].get("refused")):
        transcript = read_transcript((folder / case["file"]).read_bytes())
        facts = {
            "speakers": transcript.speakers,
            "segments": len(transcript.segments),
            "duration_s": transcript.duration,
            "warnings": list(transcript.warnings),
        }
        for name, is_right, why in check.facts(case["expect"], facts):
            assert is_right, (case["file"], name, why)
        heard = look_for([each["words"] for each in case["quotes"]], transcript)
        for wanted, found in zip(case["quotes"], heard, strict=True):
            told = {"result": str(found.result), "start_s": found.start, "text": found.text}
            is_right, _ = check.quote_ok(wanted, {**told, "speaker": found.speaker or None})
            asked[wanted["kind"]] += 1
            right[wanted["kind"]] += is_right
    assert right.total() >= 0.98 * asked.total()
    assert [kind for kind in asked if right[kind] < 0.9 * asked[kind]] == []


def test_what_is_no_transcript_is_refused_in_a_sentence(cases):
    folder, check, given = cases
    refused = [case for case in given if case["expect"].get("refused")]
    assert len(refused) > 10
    for case in refused:
        with pytest.raises(NotATranscript) as refusal:
            read_transcript((folder / case["file"]).read_bytes())
        assert check.sentence(str(refusal.value)), case["file"]
