"""The wire between a newsroom and its PostgreSQL, which may be cut, or say nothing."""

import select
import socket
import threading
import time
from contextlib import closing, suppress
from urllib.parse import urlsplit


class Line:
    """Forwards to a server; `stalled` nothing comes through, `cut` nobody is let in."""

    def __init__(self, server):
        at = urlsplit(server)
        self.to = at.hostname or "127.0.0.1", at.port or 5432
        self.state, self.pairs = "open", []
        self.listening = socket.create_server(("127.0.0.1", 0))
        user = f"{at.username or 'postgres'}{f':{at.password}' if at.password else ''}"
        port = self.listening.getsockname()[1]
        self.address = f"postgres://{user}@127.0.0.1:{port}/postgres"
        threading.Thread(target=self._accept, daemon=True).start()

    def set(self, state):
        self.state = state
        if state == "cut":
            for each in [end for pair in self.pairs for end in pair]:
                with_shutdown(each)
            self.pairs.clear()

    def _accept(self):
        while True:
            client, _ = self.listening.accept()
            if self.state == "cut":
                client.close()
                continue
            pair = client, socket.create_connection(self.to)
            self.pairs.append(pair)
            threading.Thread(target=self._forward, args=[*pair], daemon=True).start()

    def _forward(self, client, server):
        with closing(client), closing(server):
            try:
                while True:
                    readable, _, _ = select.select([client, server], [], [], 0.5)
                    while self.state == "stalled":
                        time.sleep(0.05)
                    for end in readable:
                        words = end.recv(65_536)
                        if not words:
                            return
                        (server if end is client else client).sendall(words)
            except (OSError, ValueError):
                return


def with_shutdown(end):
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
