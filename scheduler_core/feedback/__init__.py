"""What is said after a visit: thanks and tips, how it was and what went wrong, the next one, and a missed one."""
