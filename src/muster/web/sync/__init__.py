"""Where phones send what they recorded. Own transaction, no session, no cookies."""
