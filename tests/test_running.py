"""What the README and deploy/ say of running the application is what the code and the machine know."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dataset.__main__ import _parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DEPLOY = ROOT / "deploy"
SETTING = re.compile(r"\bSAFEGUARDING_[A-Z]+(?:_[A-Z]+)*\b")


def settings(*places: Path) -> set[str]:
    return {name for path in places for name in SETTING.findall(path.read_text("utf-8"))}


CODE = [ROOT / "app.py", ROOT / "docs" / "take_pictures.py"]
CODE += [path for layer in ("pages", "safeguarding_metrics", "dataset") for path in (ROOT / layer).rglob("*.py")]


def test_every_setting_has_its_line_in_the_readme_and_no_other_is_there() -> None:
    table = "\n".join(line for line in README.splitlines() if line.startswith("| `"))
    assert set(SETTING.findall(table)) == settings(*CODE)


def test_deploy_names_no_setting_that_is_none() -> None:
    named = settings(*(path for path in DEPLOY.iterdir() if path.is_file()))
    assert named and named <= settings(*CODE)


@pytest.mark.parametrize("command", ["accounts", "trail", "backup", "verify", "restore", "rebuild", "load", "check"])
def test_a_command_of_the_readme_is_there(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"python -m dataset {command}" in README
    with pytest.raises(SystemExit) as left:
        _parser().parse_args([command, "--help"])
    assert left.value.code == 0 and "usage:" in capsys.readouterr().out


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd is not on this machine")
    unit = (DEPLOY / "safeguarding.service").read_text("utf-8")
    copy = tmp_path / "safeguarding.service"
    copy.write_text(unit.replace("/opt/safeguarding/.venv/bin/streamlit", sys.executable), "utf-8")
    found = subprocess.run([verify, "verify", str(copy)], capture_output=True, text=True, check=False)
    assert "safeguarding.service" not in found.stderr, found.stderr


def test_the_container_copies_what_is_there_and_installs_what_is_locked() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (\S+)", text, re.MULTILINE)
    assert all((ROOT / place).exists() for place in copied)
    assert {"requirements.lock", "app.py", "dataset", "safeguarding_metrics", "pages", ".streamlit"} <= set(copied)
    assert "--require-hashes" in text and re.search(r"^USER safeguarding$", text, re.MULTILINE)


def test_the_proxy_passes_websockets_on_and_names_nobody_by_a_visitors_word() -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "proxy_set_header Upgrade $http_upgrade;" in text and "proxy_set_header Host $host;" in text
    assert 'proxy_set_header X-Signed-In-As "";' in text
