"""Lockdown, control, precaution: who is in which from which minute."""
