"""Pure rules: what is owed, when and why, from a procedure pack and a history of events.

Nothing here reads a clock, a database or a framework. Days are held as ordinals (`datetime.date.toordinal`),
moments as whole seconds since 1970 in UTC; both are spoken as dates and times in Europe/London.
"""
