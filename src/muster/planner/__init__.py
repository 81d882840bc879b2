"""Who stands where: a problem in, a plan with a reason for each person and each gap out."""

from muster.planner.planning import solve

__all__ = ["solve"]
