"""Who would like a time that is not free: kept in the order in which they asked."""
