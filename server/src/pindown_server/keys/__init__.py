"""API keys, and who is behind a call."""
