"""What a pin's texts may draw from, and who let them."""
