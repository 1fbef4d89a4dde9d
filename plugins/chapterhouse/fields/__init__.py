"""Values that people write in YAML, read as text with the place of every key and value."""
