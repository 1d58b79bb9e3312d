"""Counting opens and clicks of people who agreed, without keeping who (docs/adr/0021).

What is counted is mails, not persons, and of each mail only which kind of reader was first. The method:

* A click is of a security gateway when it comes with HEAD, from a program that calls itself one, within ten
  seconds after the mail left, or when three addresses of one mail are asked for within ten seconds.
* An open is of a gateway by the same signs, and of a proxy when a known program fetches pictures for somebody
  who may or may not look.
* Everything else is a person. A mail that a machine came for first and a person later counts as a person.

Between the click and the count stands Valkey, for seven days at most and by a random mark of the mail; the database
knows numbers per hour only.
"""
