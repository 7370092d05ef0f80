"""The base of all shapes of documents."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Base of all shapes: what is named must be there, more may be."""

    model_config = ConfigDict(extra="allow")
