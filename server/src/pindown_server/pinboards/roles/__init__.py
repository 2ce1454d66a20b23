"""Roles that a pinboard's owner makes up: pins can ask for them, to be seen by who holds one."""
