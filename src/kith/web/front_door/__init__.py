"""The front door: contacts and referrals, and what helps to decide on them."""
