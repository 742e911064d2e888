"""The suite as a whole, as people and programs outside meet it: a real Odoo with
workers and jobs, a real PostgreSQL, the provider sandbox over HTTP, Chromium."""
