"""What a person should look at: visits that stay as promised but no longer fit, or start late."""
