"""Who is watching what, and getting changes to them. Knows topics, not pins or pinboards."""
