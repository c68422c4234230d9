// Divergences
