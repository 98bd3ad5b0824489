"""Quality and speed, measured: every figure says what produced it."""
