"""The wheel carries its shelves and the built page: it runs in a bare environment without Node or the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [uv(), "build", "--wheel", "--quiet", "--out-dir", str(out), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (found,) = out.glob("*.whl")
    return found


def uv() -> str:
    """The uv beside this Python, or the machine's."""
    beside = Path(sys.executable).with_name("uv")
    return str(beside) if beside.exists() else "uv"


def test_the_wheel_holds_shelves_and_page(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"graphintel"}
    for part in (
        "_content/ingest/wco-declaration/wco-declaration.yaml", "_content/queries/migrations/001_identity.cypher",
        "_content/viz/style.json", "_content/viz/fonts/fonts.css", "viz/static/index.html", "store/jars.lock", "py.typed",
    ):  # fmt: skip
        assert f"graphintel/{part}" in names, part
    assert not [name for name in names if "node_modules" in name or name.endswith(".ts")]


def test_it_runs_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    subprocess.run(
        [uv(), "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)], check=True
    )
    assert {path.name for path in target.iterdir() if not path.name.endswith((".dist-info", ".lock")) and path.name[0] != "."} == {
        "bin", "graphintel"
    }  # fmt: skip
    # The packages it needs come from this environment; the checkout itself is kept out of sight.
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    code = (
        f"import sys; sys.path[:0] = [{str(target)!r}]; sys.path.append({libraries!r})\n"
        "import graphintel, orjson; assert graphintel.__file__.startswith(sys.path[0]), graphintel.__file__\n"
        "from graphintel.ingest import catalogue; from graphintel.acts.ask import questions\n"
        "from graphintel.api.app import STATIC; from graphintel.api import create_app; from graphintel.settings import Settings\n"
        "app = create_app(Settings()); page = (STATIC / 'index.html').read_text()\n"
        "print(orjson.dumps([sorted(catalogue()), len(questions()), '<script' in page, len(app.routes)]).decode())"
    )
    environment = {"PATH": "/nowhere", "HOME": str(tmp_path), "LANG": os.environ.get("LANG", "C.UTF-8")}
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "wco-declaration" in done.stdout and "true" in done.stdout
