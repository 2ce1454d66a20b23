"""Finding what one has or was given, by its words."""
