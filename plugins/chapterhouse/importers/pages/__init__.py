"""Pages of HTML, and what Word documents become on their way, as blocks."""
