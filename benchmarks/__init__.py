"""How fast the house is, measured on its real processes. README.md says what each benchmark answers."""
