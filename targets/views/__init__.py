"""Pages of targets: the board, one target, setting and adopting them."""
