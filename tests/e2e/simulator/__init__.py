"""The simulator itself, as a service that knows nothing of our add-on sees it."""
