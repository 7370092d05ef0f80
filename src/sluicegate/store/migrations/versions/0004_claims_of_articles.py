"""Which articles claim what, and how many claims an article has, from indexes alone: claims are long rows."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    op.drop_index("claim_article", "claim")
    op.create_index("claim_article", "claim", ["article_id", "gone_in"])
    op.create_index("claim_said", "claim", ["type", "status", "gone_in", "article_id"])


def downgrade() -> None:
    """Put the former index back."""
    op.drop_index("claim_said", "claim")
    op.drop_index("claim_article", "claim")
    op.create_index("claim_article", "claim", ["article_id"])
