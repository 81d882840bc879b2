"""PURE: from an area to a plan of its round, from a plan to a rehearsal.

`read_area` → `plan_round` → `rehearse_plan`. This package joins the pure cores that may not know
each other: ratios (`protocols`), sites (`planner`), queues (`simulate`).
"""
