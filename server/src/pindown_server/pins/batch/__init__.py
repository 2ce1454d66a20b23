"""Many pins in one call: one transaction, one frame to viewers, and each element for itself."""
