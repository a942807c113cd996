"""The desk: its site and rooms, the search that everything answers to, and the ways of looking that people keep."""
