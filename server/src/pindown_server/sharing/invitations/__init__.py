"""Roles for people who have no account yet: a link to their e-mail, used once."""
