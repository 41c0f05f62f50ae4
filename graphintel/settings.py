"""All knobs in one frozen object: name, default, one-line help. Nothing else reads the environment."""

from __future__ import annotations

import getpass
from pathlib import Path

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _home() -> Path:
    return Path(platformdirs.user_data_dir("graphintel", appauthor=False))


def _cache() -> Path:
    return Path(platformdirs.user_cache_dir("graphintel", appauthor=False))


def _actor() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


class Settings(BaseSettings):
    """Settings of one program run; environment names are `GRAPHINTEL_` plus the field's name in capitals."""

    model_config = SettingsConfigDict(env_prefix="GRAPHINTEL_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=_home, description="Folder of the store, the desk and the evidence files."
    )
    sources: Path | None = Field(
        default=None, description="Folder of the home's own sources, beside the shipped ones."
    )
    cache: Path = Field(
        default_factory=_cache, description="Folder of the store's program files, shared by homes."
    )
    store: str = Field(
        default="local", description="`local`, or the bolt:// or neo4j:// address of a server."
    )
    store_user: str = Field(default="neo4j", description="User name at a server given by address.")
    store_password: SecretStr = Field(
        default=SecretStr(""), description="Password at a server given by address."
    )
    store_idle: int = Field(default=300, ge=0, description="Seconds the local store outlives its last user.")
    actor: str = Field(
        default_factory=_actor, description="Who acts; written into every batch, chart and log line."
    )
    language: str = Field(default="en", description="Language of the program's texts: `en` or `tr`.")
    host: str = Field(default="127.0.0.1", description="Address that `serve` listens on.")
    port: int = Field(
        default=8765, ge=0, le=65535, description="Port that `serve` listens on; 0 takes a free one."
    )
    chunk_rows: int = Field(default=2000, ge=1, le=20000, description="Rows in one transaction of a load.")
    load_seconds: float = Field(
        default=300.0,
        gt=0,
        description="Time limit of one transaction of a load; a load that needs more stops.",
    )
    reader_seconds: float = Field(
        default=60.0,
        gt=0,
        description="Seconds that reading a file may take, and without a row at most; 4 more a MB.",
    )
    reader_memory: int = Field(
        default=2048, ge=128, description="MB of memory of the process that reads files."
    )
    question_seconds: float = Field(
        default=30.0, gt=0, description="Time limit of a question or free Cypher."
    )
    question_rows: int = Field(default=10000, ge=1, description="Row limit of a question or free Cypher.")
    elements: int = Field(
        default=2000, ge=1, description="Nodes and links in one answer unless asked otherwise."
    )
    elements_max: int = Field(default=10000, ge=1, description="Nodes and links in one answer at most.")
    request_bytes: int = Field(
        default=8_000_000, ge=10_000, description="Bytes of one request to the API at most."
    )
    quarantine_pause: float = Field(
        default=0.5, gt=0, le=1, description="Share of bad rows at which a load stops."
    )
    compare_after_load: bool = Field(
        default=True,
        description="Whether a load compares what came with what is held, as `resolve run` does.",
    )
    relink_memory: int = Field(
        default=2048,
        ge=256,
        description="MB of memory of the tables of `resolve relink`; the rest lies on disk.",
    )
    analysis_seed: int = Field(
        default=20, description="Seed of every method that draws numbers, unless given."
    )

    @property
    def desk_file(self) -> Path:
        """The SQLite file of the working state."""
        return self.home / "desk.sqlite"

    @property
    def shelf(self) -> Path:
        """The folder of the home's own sources."""
        return self.sources or self.home / "sources"

    @property
    def evidence(self) -> Path:
        """The folder of raw source files, named by their SHA-256."""
        return self.home / "evidence"


def settings_table() -> str:
    """The settings as a Markdown table, for docs/settings.md."""
    rows = ["| environment | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=False)
        shown = {"home": "the platform's user data folder", "cache": "the user's cache folder"}.get(name)
        shown = (
            shown
            or {
                "actor": "the operating system's user",
                "sources": "`sources` in the home",
                "store_password": "empty",
            }.get(name)
            or f"`{default}`"
        )
        rows.append(f"| `GRAPHINTEL_{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows) + "\n"
