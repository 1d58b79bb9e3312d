"""The forms of the writers: what a publication says, who reads it, and the steps it takes."""
