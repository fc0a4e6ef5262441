"""Somebody of the team runs late: who has to wait for them is told, and nobody else."""
