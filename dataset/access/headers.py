"""What every answer tells the browser to forbid."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


def with_security_headers(send: Send, *, https: bool, private: bool = True) -> Send:
    """`send` that adds the headers to every answer; what is `private` or a page is kept by no cache."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in security_headers(https=https).items():
                headers[name] = value
            if private or headers.get("content-type", "").startswith("text/html"):
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sending


@cache
def security_headers(*, https: bool) -> dict[str, str]:
    """The content policy has no unsafe-eval; the only inline scripts are Streamlit's own, by their hashes."""
    scripts = " ".join(f"'sha256-{one}'" for one in inline_script_hashes())
    policy = {
        "default-src": "'self'",
        "script-src": f"'self' 'wasm-unsafe-eval' {scripts}".strip(),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    found = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return found | ({"Strict-Transport-Security": "max-age=31536000"} if https else {})


@cache
def inline_script_hashes() -> tuple[str, ...]:
    """SHA-256 in base64 of each inline script of the page that Streamlit serves."""
    import importlib.util

    found = importlib.util.find_spec("streamlit")
    if found is None or found.origin is None:
        return ()
    page = (Path(found.origin).parent / "static" / "index.html").read_text("utf-8")
    return tuple(base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in _INLINE.findall(page))
