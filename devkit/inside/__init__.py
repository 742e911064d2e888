"""Programs that run with the virtual environment's Python and its libraries."""
