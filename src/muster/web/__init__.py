"""The edges: HTTP API, desk pages, phone pages, device sync. Parse, call, render."""
