"""Cards: one message a person or channel gets, edited in place from then on. ``registry`` has each by its kind."""
