"""Finds passages of a press dossier and composes answers that cite them word for word."""
