"""Other people's documents as draft chapters, with every word accounted for."""
