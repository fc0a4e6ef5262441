"""Files that customers and staff send each other: kept once, known by what they are, gone with their person."""
