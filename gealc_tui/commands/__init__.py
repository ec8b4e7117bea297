"""What a person can do, one function for each verb. The keys, the command line and the tests enter here."""
