"""A walk through the whole API: one call of every route, made again and again to show what it answers."""
