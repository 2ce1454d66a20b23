"""Pins in an order, to be read from top to bottom, and who sees them there."""
