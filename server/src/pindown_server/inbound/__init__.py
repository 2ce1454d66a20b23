"""Values from programs that know nothing of pins: pushed by a name, or to a secret address."""
