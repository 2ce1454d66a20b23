"""Giving pins, pinboards, pages and datasets to another owner."""
