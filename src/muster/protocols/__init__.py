"""Pure decisions: zones, screening, access, roles. Facts in, a decision and its reason out."""
