"""The conversation: understand what was said, decide what comes next, say it in one message.

Public: `server.create_app`. Everything about bookings comes from the core over HTTP (`core_client`); nothing here
touches SQL or reads a clock.
"""
