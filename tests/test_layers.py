"""How the code is laid out: what may import what, what is never used, how long anything may grow."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("app", "pages", "safeguarding_metrics", "dataset")
BESIDE = ("tests", "docs", "benchmarks", "supply")
NOT_OURS = {"data", "htmlcov", "build", "node_modules", "__pycache__"}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "stuff", "tools"}
SQL = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE (TABLE|VIEW)|DROP|ALTER|ATTACH|COPY|PRAGMA)\b"
)
ADDRESS = re.compile(r"(?<![\w.=])(?!127\.0\.0\.1|0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}(?![\w.])")
HOST = re.compile(
    r"pypi\.(?:org|python)|registry\.|npmjs\.|index-[u]rl|find-[l]inks|artifact[o]ry|\.(?:internal|corp|lan)\b"
)
TEXT = {".py", ".toml", ".txt", ".md", ".yml", ".yaml", ".cfg", ".ini", ".json", ".css", ".sh", ""}


def files(*endings: str) -> list[Path]:
    """Every file of the repository with one of the endings; caches, stores and hidden folders of tools apart."""
    hidden = {path.name for path in ROOT.iterdir() if path.name.startswith(".")} - {".ci", ".github", ".streamlit"}
    found = (path for path in ROOT.rglob("*") if path.is_file() and path.suffix in endings)
    return sorted(path for path in found if not {*path.relative_to(ROOT).parts[:-1]} & (NOT_OURS | hidden))


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


def layer(path: Path) -> str:
    """The folder a file lies in, or its own name at the top."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@cache
def imported(path: Path) -> set[str]:
    """The top names a module imports, wherever in it the import stands."""
    names: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports say where from in full"
            names.add(str(node.module))
    return {name.split(".")[0] for name in names}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def where(name: str) -> set[str]:
    """The layers of the application that import a package."""
    return {layer(path) for path in OURS if name in imported(path)}


EVERY = files(".py")
OURS = [path for path in EVERY if layer(path) in LAYERS]
PAGES = [path for path in OURS if layer(path) in ("app", "pages")]


def in_words(path: Path) -> str:
    return str(path.relative_to(ROOT))


def faulty(paths: Collection[Path], faults: Callable[[Path], Collection[object]]) -> dict[str, Collection[object]]:
    """Each file that has faults, with them."""
    assert paths
    return {in_words(path): found for path in paths if (found := faults(path))}


def test_every_module_lies_in_a_layer_or_beside_them() -> None:
    assert {layer(path) for path in EVERY} <= {*LAYERS, *BESIDE}
    assert {layer(path) for path in OURS} == set(LAYERS)


def imported_uphill(path: Path) -> set[str]:
    below = {name for name in LAYERS if LAYERS.index(name) >= LAYERS.index(layer(path))}
    return imported(path) & {*LAYERS, *BESIDE} - below


def test_imports_run_downhill() -> None:
    assert faulty(OURS, imported_uphill) == {}


def test_only_the_screens_know_streamlit() -> None:
    assert where("streamlit") == {"app", "pages"}
    assert where("starlette") <= {"app", "dataset"}
    web = {path.parent.name for path in OURS if "starlette" in imported(path) and layer(path) == "dataset"}
    assert web <= {"access"}, "the gate alone meets requests"


def test_only_the_dataset_knows_the_engine() -> None:
    assert where("duckdb") == {"dataset"}


def test_only_the_store_opens_the_file() -> None:
    calls = {in_words(path) for path in OURS if "duckdb.connect(str(" in path.read_text("utf-8")}
    assert calls == {"dataset/store.py"}


def test_charts_are_plain_values_so_plotly_is_imported_nowhere() -> None:
    assert where("plotly") == set()


def test_measures_do_not_know_who_draws_them() -> None:
    assert where("pandas") <= {"dataset", "pages"}
    assert not where("matplotlib") | where("altair")


def methods(path: Path) -> set[str]:
    return {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}


def sql_in(path: Path) -> list[str]:
    texts = [n.value for n in nodes(path) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    called = methods(path) & {"cursor", "execute", "executemany", "fetchall", "sql"}
    return [*(text for text in texts if SQL.search(text)), *called]


def test_a_screen_asks_and_arranges_and_holds_no_sql() -> None:
    assert faulty(PAGES, sql_in) == {}


def test_text_reaches_a_screen_as_text() -> None:
    obeying = {"markdown", "write", "iframe", "components"}
    assert faulty(PAGES, lambda path: methods(path) & obeying) == {}, "they obey what is written in the text"
    others = [path for path in PAGES if path.name != "drawing.py"]
    assert faulty(others, lambda path: methods(path) & {"html"}) == {}, "finished HTML goes through draw()"


def unsafe(path: Path) -> list[str]:
    calls = [node for node in nodes(path) if isinstance(node, ast.Call)]
    asked = [word.arg for call in calls for word in call.keywords if word.arg and word.arg.startswith("unsafe_")]
    names = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    runs = names & {"eval", "exec", "compile", "__import__"}
    return [*asked, *runs, *(imported(path) & {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle"})]


def test_nothing_asks_to_be_unsafe_or_runs_text_as_code() -> None:
    assert faulty(EVERY, unsafe) == {}


def too_long(path: Path) -> list[tuple[str, int]]:
    lines = len(path.read_text("utf-8").splitlines())
    found = [(name, lines) for name, lines in functions(path) if lines > 60]
    return [("the file", lines), *found] if lines > 450 else found


def test_nothing_has_grown_too_long_to_read() -> None:
    assert faulty(EVERY, too_long) == {}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    parts = {part.removesuffix(".py") for path in EVERY for part in path.relative_to(ROOT).parts}
    assert not parts & DRAWERS


def places_named(path: Path) -> list[str]:
    text = path.read_text("utf-8", errors="replace")
    return ADDRESS.findall(text) + HOST.findall(text)


def test_no_file_names_a_machine_or_a_place_packages_come_from() -> None:
    assert faulty(files(*TEXT), places_named) == {}


def pins(name: str) -> list[tuple[str, str]]:
    """Each pinned package with the nearest reason above it."""
    reason, found = "", []
    for line in (ROOT / name).read_text("utf-8").splitlines():
        if line.startswith("#"):
            reason = line
        elif line and not line.startswith("-r "):
            found.append((line, reason))
    return found


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_and_says_why(name: str) -> None:
    for line, reason in pins(name):
        assert re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[0-9][0-9A-Za-z.+]*", line)
        assert re.fullmatch(r"# [^:]+: \S.+", reason), line


def test_every_package_that_runs_the_application_has_a_reason_of_its_own() -> None:
    for line, reason in pins("requirements.txt"):
        assert reason.startswith(f"# {line.split('==')[0]}: ")


def test_what_is_imported_is_pinned() -> None:
    known = {line.split("==")[0] for line, _ in pins("requirements.txt")}
    outside = {name for path in OURS for name in imported(path)} - sys.stdlib_module_names - set(LAYERS)
    comes_with_pydantic = {"pydantic_core"}
    named_otherwise = {"argon2": "argon2-cffi", "docx": "python-docx", "pptx": "python-pptx"}
    imports = {named_otherwise.get(name, name.replace("_", "-")) for name in outside - comes_with_pydantic}
    assert imports <= known
