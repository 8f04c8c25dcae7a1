"""A build as a pure function of its documents, remembered piece by piece.

Reading a document, the Turtle of what it owns, and the Turtle of a division's facts are functions of the
document, or of the documents that report on the division, and of the rules. Their results are kept in one
SQLite database (`database`), each under the hash of all that it depends on; a build computes what is not
there (`documents`, `divisions`) and puts the pieces together as a stream (`assembly`). Memory does not grow
with the corpus, and a build after one more document costs that document and the writing.
"""
