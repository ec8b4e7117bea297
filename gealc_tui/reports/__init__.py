"""What is printed: data first, then its words, then each form (text, Markdown, Word, calendar)."""
