"""Reads a transcript, and looks for quotations in it: `manage.py transcript FILE --quotes QUOTES.json --json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.transcripts.looking import Heard, look_for
from sources.transcripts.reading import read_transcript
from sources.transcripts.transcript import NotATranscript


class Command(BaseCommand):
    help = (
        "Reads the transcript of an interview: WebVTT, SRT, text, .docx, or the JSON of a transcribing program. "
        "With --quotes it says of each quotation whether these words were said, when, and by whom."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--quotes", type=Path, help='a list of {"words": …}, as JSON')
        parser.add_argument("--json", action="store_true", help="one JSON object, for programs")

    def handle(self, *, file: Path, quotes: Path | None, json: bool, **options: Any) -> None:
        try:
            transcript = read_transcript(file.read_bytes())
        except NotATranscript as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{file} cannot be opened: {error.strerror}.") from error
        wanted = _words_in(quotes) if quotes else []
        found = look_for(wanted, transcript)
        if json:
            self.stdout.write(
                _dumped(
                    {
                        "speakers": transcript.speakers,
                        "segments": len(transcript.segments),
                        "duration_s": transcript.duration,
                        "warnings": list(transcript.warnings),
                        "quotes": [_told(*each) for each in zip(wanted, found, strict=True)],
                    }
                )
            )
            return
        self.stdout.write(
            f"{len(transcript.segments)} segments; {', '.join(transcript.speakers) or 'nobody is named'}."
        )
        for warning in transcript.warnings:
            self.stdout.write(f"Look at this: {warning}")
        for words, heard in zip(wanted, found, strict=True):
            self.stdout.write(f"{heard.result}: {words}")


def _words_in(file: Path) -> list[str]:
    try:
        return [str(each["words"]) for each in json.loads(file.read_text("utf-8"))]
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise CommandError(f'{file} is no list of objects {{"words": "…"}}: {error}') from error


def _told(words: str, heard: Heard) -> dict[str, Any]:
    told = {"words": words, "result": str(heard.result), "start_s": heard.start}
    return {**told, "speaker": heard.speaker or None, "text": heard.text}


def _dumped(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)
