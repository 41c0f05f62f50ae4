"""The same model on Spark in local mode: the same weights teach the same, and the pairs are those of DuckDB."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fabric import wanted
from linked import population

from graphintel.resolve.relink import MODELS, columns, learned, open_held, predicted, row

pytestmark = [
    pytest.mark.spark,
    # What Spark's own Python says of sockets and of coming versions is not about this program.
    pytest.mark.filterwarnings("ignore"),
]
PERSON = MODELS["Person"]


@pytest.fixture
def spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A Spark of this machine alone; the store's own Java lacks modules that Spark asks for."""
    there = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
    wanted("spark", there, "there is no pyspark (the extra spark) or no java on the path")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    builder = importlib.import_module("pyspark.sql").SparkSession.builder.master("local[2]")
    for name, value in {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1", "spark.sql.warehouse.dir": str(tmp_path / "warehouse"),
        "spark.sql.constraintPropagation.enabled": "false", "spark.local.dir": str(tmp_path / "local"), "spark.driver.memory": "1g",
    }.items():  # fmt: skip
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setCheckpointDir(str(tmp_path / "checkpoints"))
    yield made
    made.stop()


def test_the_same_settings_give_the_same_pairs(spark: Any, tmp_path: Path) -> None:
    splink = importlib.import_module("splink")
    rows = [row(one.one, f"e{one.one.id}", PERSON) for one in population(120)]
    with open_held(tmp_path, 512) as held:
        held.begin(PERSON)
        held.add(PERSON, rows)
        held.ready(PERSON)
        using = learned(held.api, "Person", PERSON, 7)
        found = list(held.pairs(predicted(held.api, "Person", using, 0.5)))
    wanted = {(one["unique_id_l"], one["unique_id_r"], round(one["match_weight"], 6)) for one in found}
    schema = ", ".join(f"{name} string" for name in columns(PERSON))
    frame = spark.createDataFrame([tuple(one[name] for name in columns(PERSON)) for one in rows], schema)
    frame.createOrReplaceTempView("Person")
    api = splink.SparkAPI(
        spark_session=spark, break_lineage_method="checkpoint", register_udfs_automatically=False
    )
    table = predicted(api, "Person", using, 0.5)
    got = {
        (one["unique_id_l"], one["unique_id_r"], round(one["match_weight"], 6))
        for one in spark.table(table).collect()
    }
    assert len(wanted) > 20 and got == wanted
