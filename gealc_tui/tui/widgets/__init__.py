"""Widgets: frozen values in, messages out. None of them knows the replica."""
