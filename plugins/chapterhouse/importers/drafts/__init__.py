"""What was recognised as draft chapters that `check` passes."""
