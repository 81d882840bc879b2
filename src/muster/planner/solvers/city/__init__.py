"""The city solver: prices per line and slot, a weekly programme per person, rounding by sweeps."""
