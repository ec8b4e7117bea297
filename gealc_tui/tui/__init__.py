"""The terminal application: shows and asks, decides nothing. Alone in importing Textual."""
