"""Headers of the lane's files, which are served as they were built."""

import re
from wsgiref.headers import Headers

# Reading codes takes WebAssembly; browsers of 2020 allow it only where `eval` is allowed too. The
# worker alone may, not the page: it runs no code but its own file and speaks to nobody.
WORKER = re.compile(r"/lane/assets/scanner\.worker-[\w-]+\.js")
WORKER_POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'"
)
UNNAMED = ("/lane/", "/lane/index.html", "/lane/sw.js")
"""Files whose name does not change with their content."""


def headers_of(headers: Headers, path: str, url: str) -> None:
    """What WhiteNoise adds to one file."""
    if WORKER.fullmatch(url):
        headers["Content-Security-Policy"] = WORKER_POLICY
    if url in UNNAMED:
        headers["Cache-Control"] = "no-cache"
