"""The given half of the corpus, scored by its own scorer: nothing lost, nothing invented."""

from pathlib import Path
from typing import Any

import pytest

from muster.intake.chains import read_chains
from muster.intake.sheets import read_sheet
from tests.intake.shared import samples, scorer

# The scorer leaves its files to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)


def test_chains_of_the_corpus_are_read_whole() -> None:
    def predict(stem: str, path: str, expected: Any) -> tuple[dict[str, Any], None]:
        file = Path(path)
        return read_chains(file.read_bytes(), suffix=file.suffix).to_json(), None

    result = scorer("score").score_dir(str(samples() / "chains"), predict)
    summary = result["summary"]
    assert summary["files"] >= 45
    assert (summary["lost_entries"], summary["invented_entries"]) == (0, 0)
    low = {name: row["f1"] for name, row in result["fields"].items() if row["f1"] < 0.99}
    assert not low, result["diffs"][:20]


def test_sheets_of_the_corpus_are_read_whole() -> None:
    def predict(stem: str, path: str, expected: Any) -> tuple[dict[str, Any], None]:
        file = Path(path)
        return read_sheet(file.read_bytes(), filename=file.name).to_json(), None

    result = scorer("score_sheet").score_dir(str(samples() / "sheets"), predict)
    summary = result["summary"]
    assert summary["files"] >= 8
    lost = ("lost_rows", "invented_rows", "silently_accepted_lost_ids")
    assert [summary[x] for x in lost] == [0, 0, 0]
    low = {name: row["f1"] for name, row in result["fields"].items() if row["f1"] < 0.99}
    assert not low, result["diffs"][:20]
