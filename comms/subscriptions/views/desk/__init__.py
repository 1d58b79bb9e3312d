"""Pages for the communication desk: numbers of subscribers, lists, topics and consent texts; never a subscriber."""
