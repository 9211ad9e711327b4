"""The names of all measurements and structural acts that rules may use, each with what it measures.

A signal is a measurement, never a verdict. Signals named `likely-…` are a model's probability, 0 to 100, that a turn
does something in its context; they are missing where the model does not run. A comparison with a missing signal fails,
but for a `guard`, which then holds.
"""

from collections.abc import Mapping

MEASURED: Mapping[str, str] = {
    "words": "words in the turn",
    "sentences": "sentences in the turn",
    "questions": "questions in the turn",
    "turn": "the turn's number",
    "turns-left": "turns that come after this one",
    "position": "where in the call the turn stands, 0 to 100",
    "uptake": "how far the turn takes up the other side's turn before it, 0 to 100",
    "taken-up": "weight of the words that come back from the other side's turn before, rare ones more, 0 to 1000",
    "before-words": "words in the other side's turn before",
    "said-before": "share of the turn's five-word runs that its speaker said before, 0 to 100",
    "restates": "share of the turn's content words that its speaker said in one of the three turns before, 0 to 100",
    "broken": "1 where the turn ends in a dash or dots",
    "overlap": "seconds for which the turn overlaps the one before",
    "doubt": "share of the turn's words that the speech recogniser was not sure of, 0 to 100",
    "latency": "seconds of silence before the turn",
    "stretch-words": "words of the stretch that begins here, back-channels of the other not counting as a break",
    "stretch-seconds": "seconds of that stretch",
    "stretch-questions": "questions to the other side in that stretch",
    "superlatives": "superlatives in the turn",
    "prices": "sums and words of price in the turn",
    "terms": "technical terms in the turn and the speaker's turn before that the customer has not used",
    "days-late": "days between the enquiry and this contact",
    "asked-so-far": "questions the speaker asked before this turn",
    "refusals-so-far": "refusals of the customer before this turn",
    "mood": "the customer's mood, -100 to 100",
    "mood-after": "the customer's mean mood in the turns after this one, -100 to 100",
    "mood-before": "the customer's mean mood in the turns before this one, -100 to 100",
}

LIKELY: Mapping[str, str] = {
    "likely-passed-over": "the agent passes over something weighty that was said",
    "likely-left-open": "the agent leaves a question open",
    "likely-said-again": "the customer says again what was said before",
    "likely-recited": "the agent recites",
    "likely-unasked-offer": "the agent offers before having asked",
    "likely-cutting-in": "the agent cuts in",
    "likely-pressing-on": "the agent presses on after a no",
    "likely-unaccepted-no": "the customer has to end the call against the agent",
    "likely-pressure": "the agent puts pressure on",
    "likely-late": "the agent is late and does not say sorry for it",
    "likely-thin-answer": "the agent answers thinly",
    "likely-bare-no": "the agent turns a wish down without reason or way out",
    "likely-looking-down": "the agent places itself above the customer",
    "likely-long-talk": "the agent talks at length",
    "likely-jargon": "the agent uses terms that the customer cannot know",
    "likely-absolute-promise": "the agent promises what nobody can vouch for",
    "likely-blaming": "the agent puts the fault on others",
    "likely-disparaging": "the agent speaks ill of a competitor",
    "likely-haggling": "the agent duels over price",
    "likely-unregretted-fault": "a fault is reported and the agent does not regret it",
    "likely-hurry": "the agent shows having no time",
    "likely-tiering": "the agent lets the customer feel small",
    "likely-loose-promise": "the agent promises without a when or a who",
    "likely-rule-as-wall": "the agent hides behind a rule",
    "likely-unreassured": "the agent passes over a decision or a worry about it",
    "likely-loose-end": "the call ends without a next step",
    "likely-hype": "the agent stacks superlatives",
    "likely-cooling": "the customer's mood falls from here",
    "likely-acknowledging": "the agent takes up what was said",
    "likely-open-asking": "the agent asks an open question about the customer",
    "likely-accepting-no": "the agent takes a no well",
    "likely-weighing": "the agent gives reasons, pros and cons",
    "likely-other-way": "the agent names another way",
    "likely-owning": "the agent apologises and takes responsibility",
    "likely-honest-limit": "the agent says what it cannot do or know",
    "likely-who-by-when": "the agent says who does what by when",
    "likely-handing-choice": "the agent hands the decision to the customer",
    "likely-reassuring": "the agent confirms, thanks or takes a worry seriously",
    "likely-caring": "the agent offers help unprompted",
    "likely-delighting": "the agent goes beyond what was expected, and it shows",
}

TURN_SIGNALS: Mapping[str, str] = {**MEASURED, **LIKELY}

CALL_SIGNALS: Mapping[str, str] = {
    "turns": "turns in the call",
    "agent-turns": "turns of the agent",
    "customer-turns": "turns of the customer",
    "words": "words in the call",
    "refusals": "refusals of the customer",
    "questions-by-agent": "questions of the agent",
    "mood-start": "the customer's mood in the first third, -100 to 100",
    "mood-end": "the customer's mood in the last third, -100 to 100",
}

BUILT_IN_ACTS: frozenset[str] = frozenset(
    {
        "question-yes-no",
        "question-wh",
        "question-choice",
        "question-open",
        "question-closed",
        "backchannel",
        "interruption",
        "last-turn",
        "first-turn",
    }
)
"""Acts that the structure shows; they need no cue file."""
