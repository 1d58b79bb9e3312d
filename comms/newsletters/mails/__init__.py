"""An issue as a mail: MJML compiled once, with open places that are filled per recipient."""
