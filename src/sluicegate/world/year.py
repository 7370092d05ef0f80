"""The year the base world stands for."""

BASE_YEAR = 2024
