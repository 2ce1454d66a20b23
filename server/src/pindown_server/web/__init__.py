"""Serves the built web app and the share pages with their preview cards."""
