"""Photos on the desk: the library, bringing them in, and the chooser beside a story.

In come files with what they say of themselves; out go rows whose pictures were rebuilt from their pixels.
"""
