"""The communication desk: message templates with the logo of a partner."""
