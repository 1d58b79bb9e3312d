"""What the network says, in the admin: publications to look after, and the words and groups around them."""

from comms.admin import audiences, publications, reach, tasks

__all__ = ["audiences", "publications", "reach", "tasks"]
