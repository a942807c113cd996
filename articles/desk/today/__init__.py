"""The desk's first page: what waits for whom, and what goes on around it."""
