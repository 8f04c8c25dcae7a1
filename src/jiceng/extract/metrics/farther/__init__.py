"""The counted phrase where it stands beside no number: farther off, or told by who does, gets or holds it."""
