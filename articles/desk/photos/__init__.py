"""Photos on the desk: the library, bringing them in, and the chooser beside a story."""
