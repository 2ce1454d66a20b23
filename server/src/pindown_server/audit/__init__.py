"""Who did what that matters for safety, kept for a while."""
