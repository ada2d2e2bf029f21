"""A child: who they are, what is due, what has happened, who is around them."""
