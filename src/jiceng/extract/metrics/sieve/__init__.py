"""What is no number at all: idioms, labels, names, words that turn a noun round."""
