"""The heart of Frontdesk: businesses, times, bookings and the outbox; it knows no channel and no bot."""
