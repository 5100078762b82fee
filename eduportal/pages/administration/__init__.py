"""What administrators do: accounts, imports, failed work. Composes all apps."""
