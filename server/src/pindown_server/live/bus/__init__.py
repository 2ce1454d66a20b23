"""How announcements reach every node of a server."""
