"""Results that others have printed, and the governance estimates the indices need."""
