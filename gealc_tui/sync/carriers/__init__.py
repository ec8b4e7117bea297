"""What carries bundles between copies that do not mail each other. Carriers know nothing of a bundle's content."""
