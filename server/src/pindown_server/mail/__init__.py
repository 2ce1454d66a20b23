"""Letters to people, over the operator's own mail server."""
