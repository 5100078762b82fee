"""Which unit a person works for; the register of recognised schools."""
