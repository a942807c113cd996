"""Cuts seconds out of a recording, in a process of its own: `python -m sources.evidence.cut_sound 12.5 10 < call.m4a`.

What is written: a line of JSON, with the `suffix` of the sound and its `seconds`, or why it is `refused`; and then the
sound, rebuilt: it has nothing of what the recording says of itself.
"""

from __future__ import annotations

import json
import sys
import wave
from array import array
from io import BytesIO
from itertools import islice

import miniaudio

from sources.evidence.m4a import Cut, NotCut, cut_m4a
from sources.limited import limit_this_process

MEMORY, SECONDS = 2 << 30, 30  # bytes of address space, seconds of processor
RATE = 24_000  # of speech, in samples a second
_AT_ONCE = 4096  # samples


def main() -> None:
    limit_this_process(memory=MEMORY, seconds=SECONDS)
    start, seconds = map(float, sys.argv[1:3])
    content = sys.stdin.buffer.read()
    try:
        if content[4:8] == b"ftyp":
            sound, suffix = cut_m4a(content, start, seconds), ".m4a"
        else:
            sound, suffix = _cut(content, start, seconds), ".wav"
        _write({"suffix": suffix, "seconds": sound.seconds}, sound.content)
    except NotCut as refusal:
        _write({"refused": str(refusal)})


def _cut(content: bytes, start: float, seconds: float) -> Cut:
    """What MP3, WAV, FLAC and Ogg Vorbis sound like there, as a WAV. Raises `NotCut`."""
    first, wanted = int(start * RATE), int(seconds * RATE)
    heard = array("h")
    passed = 0
    try:
        chunks = miniaudio.stream_memory(
            content, nchannels=1, sample_rate=RATE, frames_to_read=_AT_ONCE
        )
        # Decoded from the beginning, and let go: a place in an MP3 is known to whoever has read up to it.
        for chunk in islice(chunks, (first + wanted) // _AT_ONCE + 2):
            heard += chunk[max(first - passed, 0) :]
            passed += len(chunk)
    except miniaudio.MiniaudioError as error:
        raise NotCut(
            "This recording cannot be cut. Save it as M4A or MP3, and bring that."
        ) from error
    if not heard:
        raise NotCut("The recording has no sound there.")
    written = BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(heard[:wanted].tobytes())
    return Cut(written.getvalue(), len(heard[:wanted]) / RATE)


def _write(told: dict[str, object], sound: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + sound)


if __name__ == "__main__":
    main()
