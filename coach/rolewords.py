"""Words for the part that somebody has in a call."""

ROLES = frozenset(
    """
    agent agentin customer client caller callee anrufer anruferin kunde kundin berater beraterin verkäufer verkäuferin
    verkaeufer verkaeuferin vertrieb vertriebler vertrieblerin mitarbeiter mitarbeiterin operator support service
    advisor adviser consultant rep representative salesperson salesman saleswoman sales seller buyer käufer käuferin
    interessent interessentin interviewer interviewerin patient patientin host guest gast moderator moderatorin
    sprecher sprecherin speaker spk person teilnehmer teilnehmerin participant kanal channel stimme voice user
    assistant bot hotline agentur firma dienstleister dienstleisterin auftraggeber auftraggeberin manager managerin
    supervisor techniker technikerin meister meisterin chef chefin lead prospect inbound outbound
    er sie ich du wir he she me i you we they
    """.split()
)
"""Lower-case words that name a part in a call; a number or letter may follow, as in `speaker 1`."""
