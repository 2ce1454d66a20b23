"""Pins: one value each, its rules, and its history."""
