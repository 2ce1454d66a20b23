"""Uploaded files: their rows, their bytes in the data folder, and who may read them."""
