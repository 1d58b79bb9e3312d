"""What `manage.py up` is made of: the whole portal on one machine, started and stopped as one.

`folder` keeps what must survive a restart, `postgres` and `valkey` are the two local servers,
`processes` sees to it that nothing outlives the command, `environment` fills in what the settings need,
and `problems` holds the sentences a person reads when it cannot start.
"""
