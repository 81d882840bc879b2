"""muster.gateways.laboratory: FHIR R4 in and out, validated, nobody named."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.R4B.bundle import Bundle

from muster.gateways.errors import BundleUnreadable
from muster.gateways.laboratory import (
    IN,
    OUT,
    LaboratoryResult,
    Member,
    Pool,
    read_bundle,
    write_bundle,
)

AT = datetime(2022, 4, 4, 3, 20, tzinfo=UTC)


def concept(code: str, system: str = "http://snomed.info/sct") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": f"word for {code}"}]}


def observation(code: str, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation", "status": "final", "code": concept("94500-6"),
        "valueCodeableConcept": concept(code), "effectiveDateTime": AT.isoformat(), **more,
    }  # fmt: skip


def bundle(*resources: tuple[str, dict[str, Any]]) -> bytes:
    entries = [{"fullUrl": url, "resource": r} for url, r in resources]
    told = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return json.dumps(told).encode()


SPECIMEN = (
    "urn:uuid:1",
    {"resourceType": "Specimen", "identifier": [{"system": "lab", "value": " lc0000000001 "}]},
)
ABOUT = {"specimen": {"reference": "urn:uuid:1"}}


@pytest.mark.parametrize(("code", "value"), sorted(IN.items()))
def test_every_code_is_read(code: str, value: str) -> None:
    sent = bundle(SPECIMEN, ("urn:uuid:2", observation(code, **ABOUT)))
    assert read_bundle(sent) == [LaboratoryResult("LC0000000001", value, AT)]


def test_a_report_gives_its_observations_once() -> None:
    report = {
        "resourceType": "DiagnosticReport", "status": "final", "code": concept("94500-6"),
        "specimen": [{"reference": "urn:uuid:1"}], "result": [{"reference": "Observation/o"}],
    }  # fmt: skip
    sent = bundle(
        SPECIMEN, ("urn:uuid:3", observation("260373001", id="o")), ("urn:uuid:4", report)
    )
    assert read_bundle(sent) == [LaboratoryResult("LC0000000001", "positive", AT)]


def test_a_specimen_by_its_code_alone() -> None:
    about = {"specimen": {"identifier": {"value": "LC0000000002"}}}
    sent = bundle(("urn:uuid:2", observation("NEG", **about)))
    assert read_bundle(sent)[0].tube == "LC0000000002"


def test_a_code_nobody_knows_keeps_the_laboratorys_word() -> None:
    sent = bundle(SPECIMEN, ("urn:uuid:2", observation("12345", **ABOUT)))
    assert read_bundle(sent)[0].value == "word for 12345"


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"{", "bundle"),
        (b'{"resourceType": "Patient"}', "resource_type"),
        (b'{"resourceType": "Bundle", "type": 5}', "type"),
        (bundle(("urn:uuid:2", observation("NEG"))), "Observation.specimen"),
        (bundle(("urn:uuid:2", observation("NEG", **ABOUT))), "urn:uuid:1"),
        (
            bundle(
                ("urn:uuid:1", {"resourceType": "Specimen"}),
                ("urn:uuid:2", observation("NEG", **ABOUT)),
            ),
            "Specimen.identifier",
        ),
        (bundle(("urn:uuid:2", {"resourceType": "Observation"})), "entry"),
    ],
)
def test_what_does_not_fit_is_named(data: bytes, named: str) -> None:
    with pytest.raises(BundleUnreadable) as raised:
        read_bundle(data)
    assert named.lower() in str(raised.value.data["reason"]).lower()


POOLS = [
    Pool("LC0000000001", AT, [Member(UUID(int=n), UUID(int=100 + n), AT) for n in range(1, 4)],
         "positive", AT),
    Pool("LC0000000002", AT, [], "", None),
]  # fmt: skip


def test_pools_go_out_valid_and_come_back() -> None:
    text = write_bundle(POOLS, now=AT)
    again = Bundle.model_validate_json(text)
    kinds = [e.resource.get_resource_type() for e in again.entry]
    assert kinds.count("Specimen") == 3 + 2
    pooled = next(e.resource for e in again.entry if getattr(e.resource, "parent", None))
    assert [p.reference for p in pooled.parent] == [f"urn:uuid:{UUID(int=n)}" for n in (1, 2, 3)]
    assert read_bundle(text.encode()) == [LaboratoryResult("LC0000000001", "positive", AT)]


@pytest.mark.parametrize("value", sorted(OUT))
def test_every_kind_of_result_goes_out(value: str) -> None:
    text = write_bundle([Pool("LC0000000001", AT, [], value, AT)], now=AT)
    assert read_bundle(text.encode())[0].value == value


def test_nothing_in_it_names_anybody() -> None:
    text = write_bundle(POOLS, now=AT)
    for word in ("name", "telecom", "address", "birthDate", "Patient"):
        assert word not in text
