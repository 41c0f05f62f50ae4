"""The layout keeps its promises: sizes, where Cypher stands, who reads the environment, papers that match the code."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path
from typing import Any

import pytest
import yaml

from graphintel.settings import Settings, settings_table

ROOT = Path(__file__).resolve().parents[2]
SOURCE = sorted((ROOT / "graphintel").rglob("*.py"))
# A file or function over the budget, and why it is better so.
LONG_FUNCTIONS: dict[str, str] = {}
LONG_FILES: dict[str, str] = {}
CYPHER = re.compile(r"\b(MATCH|MERGE|UNWIND)\s*[\(\$]")


def lines(path: Path) -> int:
    """Lines of a file."""
    return path.read_text(encoding="utf-8").count("\n")


def functions() -> list[tuple[str, int]]:
    """Every function of the package with its length."""
    found = []
    for path in SOURCE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                found.append((f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1))
    return found


def test_files_keep_the_budget() -> None:
    sizes = {str(path.relative_to(ROOT)): lines(path) for path in SOURCE}
    over = {name: size for name, size in sizes.items() if size > 400 and name not in LONG_FILES}
    assert not over
    assert statistics.median(size for size in sizes.values() if size > 3) <= 120
    assert statistics.quantiles(sizes.values(), n=10)[8] <= 300


def test_functions_keep_the_budget() -> None:
    found = functions()
    assert not {name: size for name, size in found if size > 60 and name not in LONG_FUNCTIONS}
    assert statistics.median(size for _, size in found) <= 10
    assert statistics.quantiles([size for _, size in found], n=10)[8] <= 30


@pytest.mark.parametrize("path", SOURCE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring"


def test_cypher_stands_only_in_the_store_and_on_its_shelf() -> None:
    for path in SOURCE:
        name = str(path.relative_to(ROOT))
        if name.startswith(("graphintel/store", "graphintel/queries")):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert not CYPHER.search(line) or name in ALLOWED_CYPHER, f"{name}:{number} {line.strip()}"


# The bodies of requests and the README show examples of what a specialist may type.
ALLOWED_CYPHER = {"graphintel/api/bodies.py"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    banned = {
        "utils",
        "util",
        "helpers",
        "helper",
        "manager",
        "managers",
        "common",
        "core",
        "services",
        "misc",
    }
    assert not [path for path in SOURCE if path.stem in banned or banned & set(path.parts)]


def test_python_stands_on_no_shelf_but_ingest() -> None:
    for shelf in ("queries", "viz/src"):
        assert not list((ROOT / shelf).rglob("*.py"))


def test_only_settings_read_the_environment() -> None:
    readers = {
        str(path.relative_to(ROOT)) for path in SOURCE if re.search(r"os\.environ|getenv", path.read_text())
    }
    # The server's own tools are told where their home is through the environment they are started with.
    assert {name for name in readers if not name.startswith("graphintel/store/local/")} <= {
        "graphintel/settings.py"
    }


def test_the_settings_are_documented() -> None:
    assert settings_table() in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert all(field.description for field in Settings.model_fields.values())


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("\n") < 120
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target


def test_every_dependency_says_what_it_is_for() -> None:
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    for name in re.findall(r'"([A-Za-z0-9_-]+)', block):
        assert name.lower() in told, name


def test_the_compose_file_runs_the_api_beside_neo4j() -> None:
    compose: dict[str, Any] = yaml.safe_load((ROOT / "docker" / "compose.yml").read_text(encoding="utf-8"))
    api, neo4j = compose["services"]["api"], compose["services"]["neo4j"]
    assert neo4j["image"].startswith("neo4j:5.26") and "ports" not in neo4j
    assert (ROOT / "docker" / api["build"]["context"] / api["build"]["dockerfile"]).exists()
    assert all(port.startswith("127.0.0.1:") for port in api["ports"])
    assert api["environment"]["GRAPHINTEL_STORE"] == "bolt://neo4j:7687"
    for service in compose["services"].values():
        for volume in service["volumes"]:
            assert volume.split(":")[0] in compose["volumes"]
        assert set(service["networks"]) <= set(compose["networks"])
    environment = (ROOT / "docker" / "neo4j" / "neo4j.env").read_text(encoding="utf-8")
    assert all("=" in line for line in environment.splitlines() if line and not line.startswith("#"))
