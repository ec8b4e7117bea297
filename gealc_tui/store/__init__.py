"""SQLite, and only here: the log, the views that it folds to, and the questions that are asked of them."""
