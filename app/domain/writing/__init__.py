"""Working-backwards documents: a press release with its FAQ, a narrative; and what a careful reader says about them."""
