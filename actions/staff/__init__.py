"""The staff line: what somebody of the team says in their own chat. understand → ask or change the core as them → say.

It stands beside the customers' conversation and knows nothing of drafts or offers: staff give orders, one message each.
"""
