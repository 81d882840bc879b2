"""The tables of `screening`."""

from muster.apps.screening.models.custody import Box, HandOver, Packed
from muster.apps.screening.models.decisions import Decision
from muster.apps.screening.models.laboratories import Laboratory
from muster.apps.screening.models.phones import CodeKey, Enrolment, Guess, SealingKey
from muster.apps.screening.models.results import Absence, Recall, Result, SecondCall
from muster.apps.screening.models.rounds import Device, PlannedRound, Round, SamplingTable, Site
from muster.apps.screening.models.specimens import (
    DISTRICT,
    Change,
    Closing,
    Sampled,
    Specimen,
    Tube,
    log_key,
)
from muster.apps.screening.models.tallies import Tally
from muster.apps.screening.models.visits import Visit

__all__ = [
    "DISTRICT",
    "Absence",
    "Box",
    "Change",
    "Closing",
    "CodeKey",
    "Decision",
    "Device",
    "Enrolment",
    "Guess",
    "HandOver",
    "Laboratory",
    "Packed",
    "PlannedRound",
    "Recall",
    "Result",
    "Round",
    "Sampled",
    "SamplingTable",
    "SealingKey",
    "SecondCall",
    "Site",
    "Specimen",
    "Tally",
    "Tube",
    "Visit",
    "log_key",
]
