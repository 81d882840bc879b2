"""The roster of a station: who of its crew works which shift over weeks or months."""
