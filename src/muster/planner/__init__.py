"""Who stands where: a problem in, a plan with a reason for each person and each gap out."""

from muster.planner.planning import solve
from muster.planner.watch import Watch

__all__ = ["Watch", "solve"]
