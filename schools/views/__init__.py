"""Which unit a person works for, who acts as principal; the register of recognised schools."""
