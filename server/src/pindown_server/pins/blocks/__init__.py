"""Blocks: the parts of a pin, in order."""
