"""Change files out and in: the format, the proof, the merge. Asks the store; the store knows nothing of it."""
