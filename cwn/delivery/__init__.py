"""The outbox and the clock: every mail is a row before it leaves, every reminder a row before it is due."""
