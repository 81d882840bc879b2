"""Splink (DuckDB) on the same records, the same blocking and the same spelling as ours, so that
only the comparing and the weighing differ. Installed by the dependency group `bench`."""

import itertools
import logging
import time
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from muster.intake.duplicates import Compare, Field
from muster.intake.duplicates.blocking import LARGEST_BLOCK, coded, joined
from muster.intake.duplicates.comparing import sound
from muster.intake.duplicates.spelling import SPELLINGS, normalise

type Rules = Sequence[tuple[str, ...]]
type Pairs = set[tuple[int, int]]


def splink(
    left: Sequence[Mapping[str, object]],
    right: Sequence[Mapping[str, object]] | None,
    fields: Sequence[Field],
    rules: Rules,
    training: Rules,
) -> tuple[Pairs, float] | None:
    """Pairs of at least even odds and seconds, or None where Splink is not installed."""
    try:
        import pyarrow as pa
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    except ImportError:
        return None
    logging.getLogger("splink").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    columns = _columns([*left, *(right or ())], fields, rules)
    split = len(left)
    settings = SettingsCreator(
        link_type="link_only" if right is not None else "dedupe_only",
        comparisons=[_comparison(f) for f in fields],
        blocking_rules_to_generate_predictions=[block_on(f"rule_{i}") for i in range(len(rules))],
        retain_matching_columns=False,
    )
    api = DuckDBAPI()
    tables = [pa.table({k: v[:split] for k, v in columns.items()})]
    if right is not None:
        tables.append(pa.table({k: v[split:] for k, v in columns.items()}))
    linker = Linker([api.register(t) for t in tables], settings, log_level=logging.ERROR)
    known = [block_on(*rule) for rule in training]
    linker.training.estimate_probability_two_random_records_match(known, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=4)
    for rule in known:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.5).as_record_list()
    pairs = {tuple(sorted((r["unique_id_l"], r["unique_id_r"]))) for r in found}
    if right is not None:
        pairs = {(a, b - split) for a, b in pairs}
    return pairs, time.perf_counter() - start


def _columns(
    records: Sequence[Mapping[str, object]], fields: Sequence[Field], rules: Rules
) -> dict[str, list[Any]]:
    spelt = {
        f.name: [SPELLINGS.get(f.compare, normalise)(r.get(f.name) or "") for r in records]
        for f in fields
    }
    columns: dict[str, list[Any]] = {"unique_id": list(range(len(records)))}
    columns |= {name: [v or None for v in values] for name, values in spelt.items()}
    for i, rule in enumerate(rules):
        parts = [
            coded([sound(v) for v in spelt[p[:-1]]] if p.endswith("~") else spelt[p]) for p in rule
        ]
        codes = joined(parts).tolist()
        sizes: dict[int, int] = {}
        for code in codes:
            sizes[code] = sizes.get(code, 0) + 1
        columns[f"rule_{i}"] = [c if c >= 0 and sizes[c] <= LARGEST_BLOCK else None for c in codes]
    return columns


def _comparison(field: Field) -> Any:
    import splink.comparison_library as library

    if field.compare is Compare.TEXT:
        found = library.JaroWinklerAtThresholds(field.name, [0.92, 0.85])
    elif field.compare in {Compare.CODE, Compare.DATE}:
        found = library.DamerauLevenshteinAtThresholds(field.name, [1, 2])
    else:
        found = library.DamerauLevenshteinAtThresholds(field.name, [1])
    return found.configure(term_frequency_adjustments=field.by_frequency)


def truth_of(groups: Sequence[str]) -> Pairs:
    """Pairs of positions that carry the same group."""
    members: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        members.setdefault(group, []).append(at)
    return {pair for group in members.values() for pair in itertools.combinations(group, 2)}
