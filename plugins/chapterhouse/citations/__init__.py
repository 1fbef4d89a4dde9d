"""The law that chapters cite: the register, the state of a provision on a day."""
