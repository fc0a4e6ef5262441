"""The staff's pages: what is booked today and next, and what has just happened; they change nothing."""
