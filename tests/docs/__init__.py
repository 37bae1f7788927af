"""What the documents say, against the tree."""
