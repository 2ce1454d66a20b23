"""Accounts, and how somebody signs in to one."""
