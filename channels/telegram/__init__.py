"""Telegram: a bot that customers write to. Long polling on a laptop, a webhook where the public address is https."""
