"""Nodes in a row to clauses: which day goes with which time, what is wished for, ruled out, moved or only told."""
