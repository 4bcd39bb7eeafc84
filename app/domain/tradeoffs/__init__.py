"""Between teams: objectives that end in a customer's metric, and the experiment that lets the data decide."""
