"""`dossier bench`: the speed of Dossier on this machine, beside engines that anybody can install.

Nothing else imports this package. What is measured runs in processes of its own, one a size and
engine, so that no engine warms another's caches or adds to its memory.
"""
