"""Pins arranged for people: the grid, what opens to whom, and who may do what with a board."""
