"""Maps of customers' journeys, whose yes a decision needs, and the fast lane."""
