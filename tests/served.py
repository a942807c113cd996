"""Kept pages as servers send them, beside the least that each server can do: the part of `make bench` that wants wrk."""

import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS, SECONDS, READERS = 3, 3, 32

# What a server costs that is given no work: the same bytes, from memory.
BARE = """
from pathlib import Path
BODY = Path("bare.html").read_bytes()
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]
def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
"""

# Around what `manage.py nginx_conf` prints; and the same file, asked for by its own name, with the same headers.
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log /dev/null; worker_processes 1; user root;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
    {newsroom}
    server {{
        listen {port}; root {folder}/pages/current;
        charset utf-8; gzip_static on; gzip_vary on; open_file_cache off;
        location / {{
            types {{ text/html html; }}
{headers}
        }}
    }}
}}
"""


def main() -> None:
    from tests.drills.site import Site, free_port, stop

    wrk, nginx = shutil.which("wrk"), shutil.which("nginx")
    if not wrk:
        print("\nserved: LEFT OUT, wrk is not at hand")
        return
    folder = Path(tempfile.mkdtemp(prefix="newsroom-served-"))
    try:
        with Site(folder, "") as site:
            path = _one_story()
            began = time.monotonic()
            server = site.serve(SERVES_DESK="off")
            cold = time.monotonic() - began
            body = [site.get(path)[2] for _ in range(2)][-1]
            (folder / "bare.html").write_bytes(body)
            (folder / "bare.py").write_text(BARE)
            port = free_port()
            bare = site.start(*_granian(port, "bare:application"), code=folder)
            time.sleep(2)
            print(f"\nserved, {len(body):,} bytes, {READERS} readers, requests a second")
            _beside("granian", wrk, f"{site.port}{path}", "bare WSGI there", f"{port}/")
            memory = _memory(server)
            print(f"public process: {memory} MiB, first page after {cold:.2f} s")
            stop(bare)
            if nginx:
                _by_nginx(nginx, wrk, site, path, folder)
            else:
                print("nginx: LEFT OUT, it is not at hand")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _granian(port, application):
    granian = str(Path(sys.executable).with_name("granian"))
    return (
        *(granian, "--interface", "wsgi", "--no-ws", "--blocking-threads", "4", "--host"),
        *("127.0.0.1", "--port", str(port), "--log-level", "critical", application),
    )


def _one_story():
    from tests.cast import hire
    from tests.factories import make_live, make_photo

    paragraphs = "".join(
        f"<p>The harbour froze for day {n} on end.{' It held.' * 20}</p>" for n in range(12)
    )
    live = make_live(hire().editor, lead_photo=make_photo(), body=paragraphs)
    return live.live_version.get_absolute_url()


def _beside(name, wrk, ours, other_name, other):
    """By turns, so that what slows the machine slows both."""
    mine, least = [], []
    for _ in range(ROUNDS):
        mine.append(_asked(wrk, ours))
        least.append(_asked(wrk, other))
    ratio = statistics.median(a / b for a, b in zip(mine, least, strict=True))
    print(
        f"{name}: {statistics.median(mine):,.0f}, {other_name} {statistics.median(least):,.0f}, "
        f"ratio {ratio:.2f}",
        flush=True,
    )


def _asked(wrk, address, *headers):
    command = [wrk, "-t1", f"-c{READERS}", f"-d{SECONDS}s", f"http://127.0.0.1:{address}"]
    command += [part for each in headers for part in ("-H", each)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in told, told
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])


def _memory(server):
    """MiB of the process that serves, which the server's own process has started."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    sizes = [
        int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])
        for pid in [str(server.pid), *children]
    ]
    return max(sizes) // 1024


def _by_nginx(nginx, wrk, site, path, folder):
    from io import StringIO

    from django.core.management import call_command

    from tests.drills.site import free_port, stop, until

    out = StringIO()
    call_command("nginx_conf", stdout=out)
    front, static = free_port(), free_port()
    newsroom = out.getvalue().replace("127.0.0.1:8000", f"127.0.0.1:{site.port}")
    newsroom = newsroom.replace("listen 80;", f"listen {front};")
    headers = re.search(
        r"location / \{.*?text/html html; \}\n(.*?)\n        rewrite", newsroom, re.DOTALL
    )[1]
    conf = folder / "nginx.conf"
    conf.write_text(NGINX.format(folder=folder, newsroom=newsroom, port=static, headers=headers))
    running = site.start(nginx, "-c", str(conf))
    until(lambda: site.get(path, port=front), "nginx answers")
    _beside("nginx", wrk, f"{front}{path}", "a static file there", f"{static}{path}=/v/page.html")
    stop(running, signal.SIGTERM)


if __name__ == "__main__":
    main()
