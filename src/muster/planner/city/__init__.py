"""A whole city's week: who serves on which line in which slot, judged, repaired, explained."""
