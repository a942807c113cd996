"""Transcripts in the forms in which they come, and files that are none."""

import io
import json
import zipfile
from random import Random

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from docx.oxml import OxmlElement

from sources.transcripts.reading import read_transcript
from sources.transcripts.transcript import NotATranscript

SRT = "1\n00:00:01,000 --> 00:00:03,500\nMARA QUILL: Who locked it?\n\n2\n00:00:04,000 --> 00:00:06,000\nADA HOLT: I did. <i>Myself.</i>\n"
TURNS = [("Mara Quill", "Who locked it?"), ("Ada Holt", "I did. Myself.")]


def told(transcript):
    return [
        (transcript.speaker_of(each), " ".join(word.text for word in each.words))
        for each in transcript.segments
    ]


def named(transcript):
    return [(speaker.title(), words) for speaker, words in told(transcript)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_subtitles_in_any_encoding_and_with_any_ending(encoding, ending):
    text = SRT.replace("did", "dïd").replace("\n", ending)
    transcript = read_transcript(text.encode(encoding))
    assert named(transcript) == [TURNS[0], ("Ada Holt", "I dïd. Myself.")]
    assert [each.start for each in transcript.segments] == [1, 4]
    assert transcript.duration == 6


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\nNOTE nothing\n\n00:01.000 --> 00:03.000\n<v.loud Mara Quill>Who <c>locked</c> it?</v>\n\n00:04.000 --> 00:06.000 line:90%\n<v Ada Holt>I did.\nMyself.\n",
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nMara Quill: Who locked it?\n\n2\n00:00:04.000 --> 00:00:06.000\nAda Holt: I did. Myself.\n",
        "Mara Quill  0:01  \nWho locked it?\n\nAda Holt  0:04  \nI did. Myself.\n\nTranscribed by https://otter.ai\n",
        "Mara Quill [00:00:01] Who locked it?\n\nAda Holt [00:00:04] I did. Myself.\n",
        "A lock\n\nMara Quill: [00:00:01] Who locked it?\n\nAda Holt: [00:00:04] I did.\n\nMyself.\n",
        "[00:00:01.000] - Mara Quill\nWho locked it?\n\n[00:00:04.500] - Ada Holt\nI did. Myself.\n",
        "Mara Quill: Who locked it?\n\nAda Holt: I did. Myself.\n",
        "MARA QUILL : Who locked it?\nAda  Holt: I did. Myself.\n",
    ],
)
def test_who_speaks_is_read_in_each_form(text):
    assert named(read_transcript(text.encode())) == TURNS


def test_what_only_looks_like_a_label_is_said():
    text = "There are two reasons: money and time.\n\nRemember: ask at 10:30.\n\nNobody did.\n"
    assert {speaker for speaker, _ in told(read_transcript(text.encode()))} == {""}


def words(start, end, text, **more):
    return {"start": start, "end": end, "text": text, "word": text, **more}


@pytest.mark.parametrize(
    "program",
    [
        {"segments": [words(1.0, 2.0, " Who locked it?", speaker="Mara Quill"), words(4.0, 5.0, " I did. Myself.", speaker="Ada Holt")]},
        [words("1.0", "2.0", "Who locked it?", speaker="Mara Quill"), words("4.0", "5.0", "I did. Myself.", speaker="Ada Holt")],
        {"utterances": [{**words(1000, 2000, "Who locked it?", speaker="Mara Quill"), "words": []}, {**words(4000, 5000, "I did. Myself.", speaker="Ada Holt"), "words": []}]},
        {"recognizedPhrases": [
            {"speaker": who, "offsetInTicks": at * 10**7, "durationInTicks": 10**7, "nBest": [{"display": said}]}
            for (who, said), at in zip(TURNS, (1, 4), strict=True)
        ]},
    ],
)  # fmt: skip
def test_the_json_of_programs_is_in_seconds_whatever_it_counts_in(program):
    transcript = read_transcript(json.dumps(program).encode())
    assert told(transcript) == TURNS
    assert [each.start for each in transcript.segments] == [1, 4]


def test_in_a_word_document_changes_are_accepted():
    document = Document()
    for speaker, said in TURNS:
        document.add_paragraph(f"{speaker}: ").add_run(said)
    # What a change took out of it is not its words.
    taken_out = OxmlElement("w:del")
    text = OxmlElement("w:delText")
    text.text = "never"
    taken_out.append(text)
    document.paragraphs[0]._p.append(taken_out)
    kept = io.BytesIO()
    document.save(kept)
    assert named(read_transcript(kept.getvalue())) == TURNS


def test_times_that_run_back_or_cannot_be_read_are_told_and_the_words_kept():
    again = SRT + "\n3\n00:00:01,000 --> 00:00:02,000\nMARA QUILL: Again.\n"
    assert "backwards" in read_transcript(again.encode()).warnings[0]
    damaged = SRT.replace("00:00:04,000", "00:00:xx,000")
    transcript = read_transcript(damaged.encode())
    assert named(transcript) == TURNS and "cannot be read" in transcript.warnings[0]


def zipped(size):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * size)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x00" * 400, "empty"),
        (b"%PDF-1.7 words", "PDF"),
        (b"\xff\xd8\xff\xe0JFIF", "photo"),
        (b"ID3\x04sound", "recording"),
        (b"<!DOCTYPE html><p>Log in", "web page"),
        (b"a,b,c\n1,2,3\n4,5,6\n7,8,9\n", "table"),
        (b'{"name": "newsletter", "version": "1"}', "no transcript"),
        (b'{"segments": [{"text": "cut', "cut off"),
        (b"[" * 100_000, "nested"),
        (b'{"status": "error", "words": null, "error": "No audio."}', "No audio."),
        (b'{"segments": [{"text": 7, "words": [3]}]}', "otherwise built"),
        (bytes(range(1, 32)) * 40, "no text"),
        (b"PK\x03\x04 no package", "damaged"),
        (zipped(70 << 20), "far more"),
        (zipped(1 << 20), "damaged"),
        (b"WEBVTT\n\nNOTE nothing is said here\n", "no cues"),
        (b"... --- ...", "no words"),
    ],
)
def test_a_file_that_is_no_transcript_is_refused_in_words(content, said):
    with pytest.raises(NotATranscript, match=said):
        read_transcript(content)


def test_no_file_makes_it_stumble():
    """Good files cut, with bytes turned over, and mixed: read, or refused, and nothing else."""
    random = Random(16)
    good = [
        SRT.encode(),
        json.dumps([words(1, 2, "Who?")]).encode(),
        b"Mara Quill  0:01\nWho?\n",
        zipped(100),
    ]
    refused = 0
    for _ in range(400):
        content = bytearray(random.choice(good))
        for _ in range(random.randrange(6)):
            content[random.randrange(len(content))] = random.randrange(256)
        content = content[: random.randrange(len(content) + 1)] + random.choice([b"", *good])
        try:
            assert read_transcript(bytes(content)).segments
        except NotATranscript as refusal:
            refused += 1
            assert str(refusal)[0].isupper() and len(str(refusal).split()) > 3
    assert 0 < refused < 400


def test_the_command_tells_programs_and_people(tmp_path, capsys):
    file, quotes = tmp_path / "talk.srt", tmp_path / "quotes.json"
    file.write_text(SRT)
    quotes.write_text(json.dumps([{"words": "Who locked it?"}, {"words": "A betrayal"}]))
    call_command("transcript", str(file), quotes=quotes, json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown["speakers"] == ["MARA QUILL", "ADA HOLT"]
    assert [each["result"] for each in shown["quotes"]] == ["found", "absent"]
    assert shown["quotes"][0]["start_s"] == 1 and shown["quotes"][1]["speaker"] is None
    call_command("transcript", str(file), quotes=quotes)
    assert "found: Who locked it?" in capsys.readouterr().out
    for odd in ("{", "[1]", "[{}]"):
        quotes.write_text(odd)
        with pytest.raises(CommandError, match="no list of objects"):
            call_command("transcript", str(file), quotes=quotes)
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("transcript", str(tmp_path / "none.srt"))
