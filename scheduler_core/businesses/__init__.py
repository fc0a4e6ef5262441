"""A business: its places, hours, services, people and policies."""
