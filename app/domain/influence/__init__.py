"""Who touches a customer's journey, what each holds, and the fewest whose yes unblocks the next step."""
