"""What words mean: text to tokens, and tokens to nodes by the table of their language."""
