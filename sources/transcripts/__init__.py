"""Transcripts of interviews, as the programs write them, and the search for a quotation in one. No row is known here."""
