"""The same person twice: record linkage after Fellegi and Sunter (1969), in arrays.

::

    blocking    which pairs are looked at: people who share a telephone, a name and a birth date …
    comparing   how alike two people are, field by field, as a level
    weights     what a level is worth, learned from the data by EM; rare names are worth more
    linking     pairs with probability and reasons: sure ones merge, doubtful ones wait
    clusters    who is one person in the end; a merge can be undone
"""

from muster.intake.duplicates.clusters import Merges, clusters
from muster.intake.duplicates.fields import PEOPLE, PEOPLE_RULES, Compare, Field
from muster.intake.duplicates.linking import Linkage, Pair, Verdict, link

__all__ = [
    "PEOPLE",
    "PEOPLE_RULES",
    "Compare",
    "Field",
    "Linkage",
    "Merges",
    "Pair",
    "Verdict",
    "clusters",
    "link",
]
