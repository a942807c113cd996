"""A newsroom of its own: a database, folders, a server and a worker, as README has them run."""

import gzip
import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


class Site:
    """Its environment is put into this process, whose Django then speaks to the same database."""

    def __init__(self, folder, server):
        self.folder, self.port, self.running = folder, free_port(), []
        self.server, self.name = server, f"newsroom_drill_{os.getpid()}"
        address = urlsplit(server)._replace(path=f"/{self.name}").geturl() if server else ""
        self.environment = {
            "ENV_FILE": os.devnull,
            "DEBUG": "off",
            "SECRET_KEY": "of-a-drill-" * 6,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_NAME": "The Drill",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "TIME_ZONE": "UTC",
            "DATABASE_URL": address or f"sqlite:///{folder}/drill.sqlite3",
            "CACHE_URL": "redis://127.0.0.1:1/1",  # where nothing listens: nobody may need it
            "MEDIA_ROOT": f"{folder}/media",
            "STATIC_ROOT": f"{folder}/static",
            "PAGES_ROOT": f"{folder}/pages",
            "PUBLISHES_DUE": "off",
            "SERVES_DESK": "on",
            "LOG_LEVEL": "CRITICAL",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }

    def __enter__(self):
        self._ask_server(f"CREATE DATABASE {self.name}")
        os.environ.update(self.environment)
        import django

        django.setup()
        # What is refused in a drill is meant to be.
        logging.disable(logging.CRITICAL)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        return self

    def __exit__(self, *exception):
        from django.db import connections

        for process in self.running:
            stop(process)
        connections.close_all()
        self._ask_server(f"DROP DATABASE IF EXISTS {self.name}")

    def _ask_server(self, statement):
        if self.server:
            with closing(psycopg2.connect(self.server)) as server:
                server.autocommit = True
                with server.cursor() as cursor:
                    cursor.execute(statement)

    # Its processes

    def start(self, *command, code=ROOT, **environment):
        """A process of this newsroom, by the code of a checkout."""
        process = subprocess.Popen(
            command,
            cwd=code,
            env=os.environ | self.environment | {"PYTHONPATH": str(code)} | environment,
            stdout=subprocess.PIPE,
            stderr=(self.folder / "log").open("ab"),
            start_new_session=True,
        )
        self.running.append(process)
        return process

    def serve(self, port=None, code=ROOT, **environment):
        """The server that README runs, once it answers."""
        granian = str(Path(sys.executable).with_name("granian"))
        process = self.start(
            *(granian, "--interface", "wsgi", "--no-ws", "--blocking-threads", "4"),
            *("--host", "127.0.0.1", "--port", str(port or self.port), "--log-level", "critical"),
            "newsroom.wsgi:application",
            code=code,
            **environment,
        )
        until(lambda: self.get("/", port=port), "the server answers")
        return process

    def work(self, code=ROOT):
        return self.start(sys.executable, "manage.py", "publish_due", "--loop", code=code)

    # Its readers

    def get(self, path, port=None, **headers):
        """Status, headers and body; None where nobody answers."""
        asked = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        try:
            host = {"Host": f"127.0.0.1:{self.port}"}
            asked.request("GET", path, headers=host | headers)
            answer = asked.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            asked.close()
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        return answer.status, answer.headers, body


def stop(process, how=signal.SIGKILL):
    """End a process and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    process.wait()
    process.stdout.close()


def until(is_so, what, seconds=60):
    """Wait for it. Raises `TimeoutError`."""
    ends = time.monotonic() + seconds
    while not (found := is_so()):
        if time.monotonic() > ends:
            raise TimeoutError(f"not seen in {seconds} s: {what}")
        time.sleep(0.05)
    return found
