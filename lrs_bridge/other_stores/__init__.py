"""Record stores of others: statements sent on to them and fetched from them."""
