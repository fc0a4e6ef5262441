"""A customer is asked ahead of a visit whether they come: as the business wishes, never about what is gone."""
