"""What Prometheus may know: counts and times by route, records by what became of them. No names,
no paths, no ids."""

from prometheus_client import Counter, Histogram

REQUESTS = Counter("muster_requests_total", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "muster_request_seconds", "Seconds until the answer", ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)  # fmt: skip
RECORDS = Counter("muster_records_total", "Records received from phones", ["state"])
SHED = Counter("muster_shed_total", "Requests told to come again later", ["gate"])
