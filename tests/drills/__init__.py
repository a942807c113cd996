"""Drills: a whole newsroom with its processes, what may happen to it, and what its readers see meanwhile.

`make drills` runs all of them, `make drills DRILLS="kills odd"` some. Each prints its figures and fails when something was
lost, torn, stale or early. The suite runs them short, `make thorough` as long as the project answers for.
"""
