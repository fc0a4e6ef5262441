"""What SMS and WhatsApp share: one provider's signed webhooks, its way to send, its codes for what went wrong."""
