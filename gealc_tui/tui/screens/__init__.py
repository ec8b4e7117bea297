"""Screens: each asks the replica, hands frozen values to its widgets, and turns their messages into commands."""
