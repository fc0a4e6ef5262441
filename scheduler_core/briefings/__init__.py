"""What the team is told of its day: each person's visits in the morning, how it went to the owner in the evening."""
