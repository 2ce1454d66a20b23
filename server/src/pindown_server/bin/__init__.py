"""What people deleted: it lies here for 30 days, and can be taken out again."""
