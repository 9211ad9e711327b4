"""Placeholders for personal data: the same value has the same placeholder throughout a call; files are never touched.

A review is made from the original words and only then rewritten, so that findings, scores and fingerprints are those of
the call as it was. What stands for itself: titles (`Frau [NAME-1]`), roles, companies, towns without a postcode.
"""

from coach.redact.call import Redaction, redaction_of
from coach.redact.review import redacted, redacted_transcript

__all__ = ["Redaction", "redacted", "redacted_transcript", "redaction_of"]
