"""Facts of the exchange in words, for the window and the command line alike: each fact is said in one place."""
