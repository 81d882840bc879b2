"""Chains (接龙): pasted text and message exports in, entries with flags out.

::

    read_chains(text, suffix=".txt")   text, WeCom JSON or WeChat XML → ChainDocument
    compare(old, new)                  what a re-post of the same chain changed
    clean_chain(chain)                 the chain again, fit to paste, without phones

Nothing is dropped: a line that is in no entry is in the title, the example, the tail or `ignored`.
Nothing is guessed silently: a doubtful entry keeps its raw text and carries a flag (see
`muster.intake.mends`). Source of the grammar: SCHEMA part A.
"""

from muster.intake.chains.difference import ChainDifference, Change, compare, same_chain
from muster.intake.chains.model import Chain, ChainDocument, Entry, Flag, Kind
from muster.intake.chains.reading import read_chains
from muster.intake.chains.rewriting import clean_chain

__all__ = [
    "Chain",
    "ChainDifference",
    "ChainDocument",
    "Change",
    "Entry",
    "Flag",
    "Kind",
    "clean_chain",
    "compare",
    "read_chains",
    "same_chain",
]
