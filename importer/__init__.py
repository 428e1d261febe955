"""Bulk import of marketing lists into LeadSquared."""

__version__ = "0.1.0"
