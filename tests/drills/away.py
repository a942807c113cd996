"""A database that is away: readers get what is kept, and everybody else is told soon."""

import time

from tests.drills.site import until
from tests.drills.thorough import THOROUGH

ROUNDS = 5 if THOROUGH else 1
SOON = 10  # seconds


def database_away(site):
    """PostgreSQL that is cut off and comes back, then one that is silent and comes back."""
    from tests.cast import hire
    from tests.factories import make_live

    if site.line is None:
        return "LEFT OUT: PostgreSQL is not at hand"
    address = make_live(hire().editor).live_version.get_absolute_url()
    site.serve()
    for path in ("/", address):
        until(lambda: site.get(path)[0] == 200, f"{path} is kept")  # noqa: B023
    slowest = {"kept": 0.0, "not kept": 0.0, "back": 0.0}
    for state in ["cut", "stalled"] * ROUNDS:
        site.line.set(state)
        for _ in range(5):
            for what, path in (("not kept", "/search/?q=ice"), ("kept", address), ("kept", "/")):
                began = time.monotonic()
                status, headers, _ = site.get(path)
                taken = time.monotonic() - began
                slowest[what] = max(slowest[what], taken)
                assert status == (200 if what == "kept" else 503), (state, path, status)
                assert what == "kept" or headers["Retry-After"], "it says when to come back"
                assert taken < SOON, (state, path, taken)
        site.line.set("open")
        began = time.monotonic()
        until(lambda: site.get("/search/?q=ice")[0] == 200, "it is back")
        slowest["back"] = max(slowest["back"], time.monotonic() - began)
    told = ", ".join(f"{what} {seconds:.2f} s" for what, seconds in slowest.items())
    return f"{ROUNDS} times cut and {ROUNDS} silent: at most {told}"
