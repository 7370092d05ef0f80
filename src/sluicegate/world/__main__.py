"""`python -m sluicegate.world` reconciles the shipped tables anew and writes `data/balanced.csv`."""

from sluicegate.world.balance import write_balanced
from sluicegate.world.chain import draft_chain

write_balanced(draft_chain())
