"""Recording what a story quotes: from a transcript, at its words (“Whose words?”), or all at once; and what of it readers are shown.

In come words of a text and whoever is said to have spoken them; out go sources, interviews and quotes, written by
`quotes.record_quotes()` or `from_transcript.record_from()`, with the story's row held.
"""
