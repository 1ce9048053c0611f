"""What ``doubling.py`` doubles: every pattern of the package, on texts made against it, and all that reads a text."""
