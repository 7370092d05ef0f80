"""The talks: games between the two sides, bargains from threat points, and who can wait."""
