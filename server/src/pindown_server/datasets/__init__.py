"""Datasets: data that pins draw from, stored once."""
