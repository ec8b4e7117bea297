"""The plan and the rules of its changes: pure Python, no database, no terminal, no clock of its own."""
