"""Languages without a table: the little that is certain, read whole or not at all (docs/decisions/0006)."""
