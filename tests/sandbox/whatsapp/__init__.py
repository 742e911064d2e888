"""WhatsApp Cloud API, as a business sees it."""
