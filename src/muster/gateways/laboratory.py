"""What laboratories speak: FHIR R4. A bundle in becomes results; pools go out as a bundle.

A pool is a Specimen whose `parent`s are the specimens of its people; each of those has a subject, a
reference by our own id and nothing else: no name, number or address leaves with it. The models of
fhir.resources (R4B, of which R4 is a part) validate both ways.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from muster.gateways.errors import BundleUnreadable

LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
RNA = {"system": LOINC, "code": "94500-6", "display": "SARS-CoV-2 RNA NAA+probe Ql (Resp)"}
TUBES = "urn:muster:tube"
COMBINED = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Specimen.combined"

OUT = {
    "negative": {"system": SNOMED, "code": "260415000", "display": "Not detected"},
    "positive": {"system": SNOMED, "code": "260373001", "display": "Detected"},
    "weak": {"system": SNOMED, "code": "260408008", "display": "Weakly positive"},
    "invalid": {"system": SNOMED, "code": "455371000124106", "display": "Invalid result"},
}
IN = {
    **{coding["code"]: value for value, coding in OUT.items()},
    "260385009": "negative", "10828004": "positive", "419984006": "invalid",
    "NEG": "negative", "ND": "negative", "POS": "positive", "DET": "positive",
    "WR": "weak", "IND": "invalid", "E": "invalid",
}  # fmt: skip
"""Codes of SNOMED CT and of HL7's interpretations, as the policy's kinds of result."""


@dataclass(frozen=True, slots=True)
class LaboratoryResult:
    """A tube and what was found; `value` is the policy's kind, or the laboratory's own word where
    its code is not one of `IN`."""

    tube: str
    value: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Member:
    """One person's swab in a pool."""

    specimen: UUID
    person: UUID
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Pool:
    """A tube with its people, and its result if there is one."""

    tube: str
    opened_at: datetime
    members: Sequence[Member]
    result: str
    resulted_at: datetime | None


def read_bundle(data: bytes) -> list[LaboratoryResult]:
    """The results in a bundle: of every DiagnosticReport its Observations, and Observations that no
    report names, each for the specimen that it is about.

    Raises `BundleUnreadable`, which names what does not fit: not a bundle, not R4, a result without
    a specimen, a specimen without a code.
    """
    from fhir.resources.R4B.bundle import Bundle  # noqa: PLC0415 -- slow to import
    from pydantic import ValidationError  # noqa: PLC0415

    try:
        bundle = Bundle.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "bundle"
        raise BundleUnreadable(reason=f"{where}: {first['msg']}") from error
    found = _Contents(bundle)
    return list(found.results())


class _Contents:
    """The resources of a bundle, found by how they refer to each other."""

    def __init__(self, bundle: Any) -> None:
        self.by_reference: dict[str, Any] = {}
        self.all: list[Any] = []
        for entry in bundle.entry or ():
            resource = entry.resource
            if resource is None:
                continue
            self.all.append(resource)
            if entry.fullUrl:
                self.by_reference[str(entry.fullUrl)] = resource
            if resource.id:
                self.by_reference[f"{_kind(resource)}/{resource.id}"] = resource

    def results(self) -> Iterator[LaboratoryResult]:
        """Each result once."""
        told: set[int] = set()
        for report in self.all:
            if _kind(report) != "DiagnosticReport":
                continue
            for reference in report.result or ():
                observation = self._resolved(reference, "Observation")
                told.add(id(observation))
                about = observation.specimen or (report.specimen or [None])[0]
                yield self._result(observation, about)
        for each in self.all:
            if _kind(each) == "Observation" and id(each) not in told:
                yield self._result(each, each.specimen)

    def _result(self, observation: Any, specimen: Any) -> LaboratoryResult:
        at = observation.effectiveDateTime or observation.issued
        return LaboratoryResult(self._tube(specimen), _value(observation), _moment(at))

    def _tube(self, reference: Any) -> str:
        if reference is None:
            raise BundleUnreadable(reason="Observation.specimen: a result without a specimen")
        if reference.reference:
            specimen = self._resolved(reference, "Specimen")
            codes = [*(specimen.identifier or ()), specimen.accessionIdentifier]
        else:
            codes = [reference.identifier]
        code = next((c.value for c in codes if c is not None and c.value), None)
        if code is None:
            raise BundleUnreadable(reason="Specimen.identifier: a specimen without a code")
        return str(code).strip().upper()

    def _resolved(self, reference: Any, kind: str) -> Any:
        found = self.by_reference.get(str(reference.reference))
        if found is None or _kind(found) != kind:
            raise BundleUnreadable(reason=f"{reference.reference}: no such {kind} in the bundle")
        return found


def _kind(resource: Any) -> str:
    return str(resource.get_resource_type())


def _value(observation: Any) -> str:
    """The first code that is known; else the laboratory's own word."""
    concepts = [observation.valueCodeableConcept, *(observation.interpretation or ())]
    codings = [c for concept in concepts if concept for c in concept.coding or ()]
    for coding in codings:
        if coding.code in IN:
            return IN[coding.code]
    words = [c.display or c.code for c in codings] + [c.text for c in concepts if c and c.text]
    return next((str(word) for word in words if word), str(observation.valueString or ""))


def _moment(told: Any) -> datetime | None:
    return told if isinstance(told, datetime) and told.tzinfo else None


def write_bundle(pools: Iterable[Pool], *, now: datetime) -> str:
    """Pools as a FHIR R4 collection, validated before it is returned."""
    from fhir.resources.R4B.bundle import Bundle  # noqa: PLC0415 -- slow to import

    entries = [e for pool in pools for e in _entries(pool)]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": now.isoformat(),
        "entry": entries,
    }
    text: str = Bundle.model_validate(bundle).model_dump_json()
    return text


def _entries(pool: Pool) -> Iterator[dict[str, Any]]:
    identifier = [{"system": TUBES, "value": pool.tube}]
    for member in pool.members:
        yield _entry(
            f"urn:uuid:{member.specimen}",
            resourceType="Specimen",
            subject={"reference": f"urn:uuid:{member.person}"},
            collection={"collectedDateTime": member.taken_at.isoformat()},
        )
    own = f"urn:muster:tube:{pool.tube}"
    yield _entry(
        own,
        resourceType="Specimen",
        identifier=identifier,
        parent=[{"reference": f"urn:uuid:{m.specimen}"} for m in pool.members],
        collection={"collectedDateTime": pool.opened_at.isoformat()},
        extension=[{"url": COMBINED, "valueCode": "pooled"}],
    )
    about = {"reference": own}
    observation = f"{own}:result"
    final = pool.result in OUT
    if final:
        yield _entry(
            observation,
            resourceType="Observation",
            status="final",
            code={"coding": [RNA]},
            specimen=about,
            valueCodeableConcept={"coding": [OUT[pool.result]]},
            **({"issued": pool.resulted_at.isoformat()} if pool.resulted_at else {}),
        )
    yield _entry(
        f"{own}:report",
        resourceType="DiagnosticReport",
        identifier=identifier,
        status="final" if final else "registered",
        code={"coding": [RNA]},
        specimen=[about],
        **({"result": [{"reference": observation}]} if final else {}),
    )


def _entry(url: str, **resource: Any) -> dict[str, Any]:
    return {"fullUrl": url, "resource": resource}
