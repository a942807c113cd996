"""A module for `run_limited()` that does what it is asked: tells its environment, crashes, takes too much."""

import os
import sys
import time
from tempfile import TemporaryFile

from sources.limited import limit_this_process

limit_this_process(memory=1 << 28, seconds=5)
match sys.stdin.buffer.read():
    case b"environment":
        print(dict(os.environ))
    case b"crash":
        os.abort()
    case b"memory":
        bytearray(1 << 30)
    case b"write":
        with TemporaryFile() as file:
            file.write(b"more than nothing")
    case b"wait":
        time.sleep(60)
