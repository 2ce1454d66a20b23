"""Who sees what: the live stream and its snapshot, shared views, collaborators."""
