"""From facts to statements: who each fact is about, and what makes it comparable between districts."""
