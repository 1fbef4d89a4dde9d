"""What was recognised as draft chapters that `check` passes as far as they can."""
