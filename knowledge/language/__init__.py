"""What Dossier knows of languages: tokens and terms, names, dates, numbers, quotations."""
