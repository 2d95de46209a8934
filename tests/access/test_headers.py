"""What every answer tells the browser to forbid."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit

from dataset.access.headers import inline_script_hashes, security_headers

POLICY = dict(part.split(" ", 1) for part in security_headers(https=False)["Content-Security-Policy"].split("; "))


def test_no_text_is_run_as_code() -> None:
    assert "unsafe-eval" not in POLICY["script-src"].replace("wasm-unsafe-eval", "")
    assert "unsafe-inline" not in POLICY["script-src"]
    assert "*" not in " ".join(POLICY.values()) and "http" not in " ".join(POLICY.values())


def test_the_inline_scripts_of_the_page_that_streamlit_serves_are_allowed_by_their_hashes() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert inline and len(inline) == len(inline_script_hashes())
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in POLICY["script-src"]


def test_nobody_frames_it_and_nothing_is_sent_elsewhere() -> None:
    assert POLICY["frame-ancestors"] == POLICY["object-src"] == "'none'"
    assert POLICY["default-src"] == POLICY["connect-src"] == POLICY["form-action"] == POLICY["base-uri"] == "'self'"
    assert POLICY["img-src"] == "'self' data: blob:"


def test_browsers_are_told_to_stay_with_https_only_where_there_is_https() -> None:
    assert "Strict-Transport-Security" not in security_headers(https=False)
    assert security_headers(https=True)["Strict-Transport-Security"] == "max-age=31536000"
