"""The compiled week: the twelve steps of `sim/twin` on blocks of draws, arrays only."""
