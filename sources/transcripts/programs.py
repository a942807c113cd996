"""The JSON that transcribing programs write, each told by its own keys.

Times are in seconds (Whisper, Deepgram, Rev.ai), milliseconds (whisper.cpp, AssemblyAI), seconds as texts (AWS,
Google) or ticks of 100 ns (Azure); here all become seconds. A job that failed holds no words, and is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from .transcript import NotATranscript, Segment, Transcript, Word, timed, transcript_of

Found = Mapping[str, Any]


def read_program(told: Any) -> Transcript:
    if isinstance(told, list):
        told = {"segments": told}
    if not isinstance(told, dict):
        raise NotATranscript("This JSON holds no transcript: it is a single value.")
    try:
        for is_its, read in _PROGRAMS:
            if is_its(told):
                return read(told)
    except (TypeError, AttributeError, LookupError) as error:
        raise NotATranscript(
            "This JSON begins like a transcript and is otherwise built: export it once more."
        ) from error
    if reason := told.get("error") or told.get("failureReason"):
        raise NotATranscript(
            f"The transcription failed, and there are no words: {str(reason)[:200]}"
        )
    raise NotATranscript(
        "This JSON is no transcript that is known here: it has no segments with words."
    )


def _whisper(told: Found) -> Transcript:
    """Whisper, faster-whisper, WhisperX, OpenAI's answers, and lists of segments of any other program."""
    loose = [
        (str(each["word"]).strip(), _number(each.get("start"))) for each in told.get("words") or ()
    ]
    segments, used = [], 0
    for each in told["segments"]:
        start, end = _number(each.get("start")), _number(each.get("end"))
        text = str(each.get("text") or each.get("transcript") or "").strip()
        heard = each.get("words")
        if isinstance(heard, str):
            text, heard = text or heard, None
        starts = [(_text(word), _number(word.get("start"))) for word in heard or ()]
        if not starts and loose and end is not None:
            # OpenAI's stand beside the segments, and have no punctuation.
            first = used
            while used < len(loose) and (loose[used][1] or 0.0) <= end:
                used += 1
            starts = loose[first:used]
        speakers = {word.get("speaker") for word in heard or ()} - {None}
        speaker = (
            each.get("speaker") if each.get("speaker") is not None else min(speakers, default=None)
        )
        segments.append(Segment(timed(text, starts), _name(speaker), start, end))
    return transcript_of(segments, _number(told.get("duration")))


def _whisper_cpp(told: Found) -> Transcript:
    return transcript_of(
        Segment(
            timed(str(each["text"]), ()),
            _name(each.get("speaker")),
            _number(each["offsets"]["from"], 1000),
            _number(each["offsets"]["to"], 1000),
        )
        for each in told["transcription"]
    )


def _assembly_ai(told: Found) -> Transcript:
    duration = _number(told.get("audio_duration"))
    utterances = told.get("utterances")
    if not utterances:
        return transcript_of(
            _by_speaker(_heard(told["words"], "text", "start", "end", 1000)), duration
        )
    return transcript_of(
        (
            Segment(
                timed(
                    each["text"], [(w["text"], _number(w["start"], 1000)) for w in each["words"]]
                ),
                _name(each.get("speaker")),
                _number(each["start"], 1000),
                _number(each["end"], 1000),
            )
            for each in utterances
        ),
        duration,
    )


def _deepgram(told: Found) -> Transcript:
    words = [
        {**word, "text": word.get("punctuated_word") or word["word"]}
        for channel in told["results"]["channels"]
        for word in channel["alternatives"][0]["words"]
    ]
    duration = _number(told.get("metadata", {}).get("duration"))
    return transcript_of(_by_speaker(_heard(words, "text", "start", "end")), duration)


def _google(told: Found) -> Transcript:
    best = [each["alternatives"][0] for each in told["results"] if each.get("alternatives")]
    tagged = [
        each for each in best if any(word.get("speakerTag") for word in each.get("words", ()))
    ]
    segments: list[Segment] = []
    # With speakers the last repeats every word, now with whose it is.
    for each in tagged[-1:] or best:
        words = [
            {**word, "speaker": word.get("speakerTag") or None} for word in each.get("words", ())
        ]
        heard = list(_heard(words, "word", "startTime", "endTime"))
        if tagged:
            segments += _by_speaker(heard)
        elif heard:
            segments.append(_turn("", heard))
        else:
            segments.append(Segment(timed(str(each.get("transcript", "")), ())))
    return transcript_of(segments)


def _aws(told: Found) -> Transcript:
    words: list[dict[str, Any]] = []
    for item in told["results"]["items"]:
        content = str(item["alternatives"][0]["content"])
        if item["type"] == "punctuation" and words:
            words[-1]["text"] += content
        else:
            words.append({**item, "text": content, "speaker": item.get("speaker_label")})
    return transcript_of(_by_speaker(_heard(words, "text", "start_time", "end_time")))


def _azure(told: Found) -> Transcript:
    ticks = 10_000_000
    segments = []
    for phrase in told["recognizedPhrases"]:
        if not phrase.get("nBest"):
            continue
        best = phrase["nBest"][0]
        starts = [
            (str(word["word"]), _number(word.get("offsetInTicks"), ticks))
            for word in best.get("words") or best.get("displayWords") or ()
        ]
        start = _number(phrase.get("offsetInTicks"), ticks)
        lasts = _number(phrase.get("durationInTicks"), ticks)
        end = start + lasts if start is not None and lasts is not None else None
        words = timed(str(best.get("display") or best.get("lexical") or ""), starts)
        segments.append(Segment(words, _name(phrase.get("speaker")), start, end))
    return transcript_of(segments, _number(told.get("durationInTicks"), ticks))


def _rev_ai(told: Found) -> Transcript:
    segments = []
    for monologue in told["monologues"]:
        words: list[Word] = []
        is_apart = True
        ends: list[float] = []
        for element in monologue["elements"]:
            value = str(element["value"])
            if element["type"] == "text":
                words.append(Word(value, _number(element.get("ts"))))
                ends += [end for end in [_number(element.get("end_ts"))] if end is not None]
                is_apart = False
            elif not value.strip():
                is_apart = True
            elif words and not is_apart:
                words[-1] = words[-1]._replace(text=words[-1].text + value.strip())
        start = words[0].start if words else None
        segments.append(
            Segment(tuple(words), _name(monologue.get("speaker")), start, max(ends, default=None))
        )
    return transcript_of(segments)


_Reader = Callable[[Found], Transcript]
_PROGRAMS: tuple[tuple[Callable[[Found], Any], _Reader], ...] = (
    (lambda told: isinstance(told.get("transcription"), list), _whisper_cpp),
    (lambda told: _has(told, "segments", "text", "words", "transcript"), _whisper),
    (lambda told: isinstance(told.get("monologues"), list), _rev_ai),
    (lambda told: isinstance(told.get("recognizedPhrases"), list), _azure),
    (
        lambda told: _has(told, "utterances", "text") or _has(told, "words", "text"),
        _assembly_ai,
    ),
    (
        lambda told: isinstance(told.get("response"), dict),
        lambda told: read_program(told["response"]),
    ),
    (lambda told: _has(told, "results", "alternatives"), _google),
    (lambda told: "items" in _results(told), _aws),
    (
        lambda told: "channels" in _results(told),
        _deepgram,
    ),
)


def _has(told: Found, name: str, *any_of: str) -> bool:
    """A list of objects, the first of which has one of these keys?"""
    rows = told.get(name)
    return bool(
        isinstance(rows, list)
        and rows
        and isinstance(rows[0], dict)
        and any(k in rows[0] for k in any_of)
    )


def _results(told: Found) -> Found:
    results = told.get("results")
    return results if isinstance(results, dict) else {}


def _heard(
    words: Iterable[Found], text: str, start: str, end: str, per_second: int = 1
) -> Iterator[tuple[str, Word, float | None]]:
    """Each word with whoever says it, and when it ends."""
    for each in words:
        word = Word(str(each[text]).strip(), _number(each.get(start), per_second))
        yield _name(each.get("speaker")), word, _number(each.get(end), per_second)


def _by_speaker(heard: Iterable[tuple[str, Word, float | None]]) -> Iterator[Segment]:
    """A turn for each time that the speaker changes, parted where a sentence ends."""
    for speaker, group in groupby(heard, key=lambda each: each[0]):
        turn: list[tuple[str, Word, float | None]] = []
        for each in group:
            turn.append(each)
            if each[1].text.endswith((".", "?", "!", "…")):
                yield _turn(speaker, turn)
                turn = []
        if turn:
            yield _turn(speaker, turn)


def _turn(speaker: str, turn: list[tuple[str, Word, float | None]]) -> Segment:
    ends = [end for _, _, end in turn if end is not None]
    words = tuple(word for _, word, _ in turn)
    return Segment(words, speaker, words[0].start, max(ends, default=None))


def _text(word: Found) -> str:
    return str(word.get("word") or word.get("text") or "").strip()


def _number(told: Any, per_second: int = 1) -> float | None:
    """Seconds of 1.2, "1.2", "1.200s" or ticks; None for what is no number."""
    if isinstance(told, bool) or told is None:
        return None
    try:
        return float(str(told).strip().rstrip("s")) / per_second
    except ValueError:
        return None


def _name(told: Any) -> str:
    """A speaker as the file calls them: a name, or a number."""
    if isinstance(told, dict):
        told = told.get("name", told.get("label"))
    return "" if told is None else str(told).strip()
