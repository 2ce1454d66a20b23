"""Pindown: the open, self-hosted home for numbers that change."""

__version__ = "0.1.0"
