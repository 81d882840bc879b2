"""Who did what, within what reach: the scope of a transaction and the hash-chained log."""
