"""Articles in their order without sorting them: originals alone, and all."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NEWEST = "coalesce(published_at, published, added_at)"


def upgrade() -> None:
    """Make the indexes; the first does what an index of copies alone did."""
    op.drop_index("article_copy", "article")
    op.execute(f"CREATE INDEX article_original ON article (copy_of, ({_NEWEST}), id)")
    op.execute(f"CREATE INDEX article_newest ON article (({_NEWEST}), id)")


def downgrade() -> None:
    """Remove the indexes."""
    op.drop_index("article_newest", "article")
    op.drop_index("article_original", "article")
    op.create_index("article_copy", "article", ["copy_of"])
