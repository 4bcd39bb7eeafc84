"""The triage in sentences, and typed answers as what they mean."""
