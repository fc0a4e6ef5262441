"""What a word means beside its neighbours, where it has two meanings and a row of kinds cannot tell them apart."""
