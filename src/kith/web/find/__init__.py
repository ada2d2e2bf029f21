"""Finding people, entering them, telling two records apart or joining them."""
