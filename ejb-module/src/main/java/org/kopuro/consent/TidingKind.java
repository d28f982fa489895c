package org.kopuro.consent;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a taxpayer is told about a token or a form consent (P01 to P11, CON-T21 to CON-T28). */
public enum TidingKind {
    /** It ended; the cause says why (P01). Not told of what the taxpayer did himself. */
    REVOKED,
    EXPIRED,
    EXHAUSTED,
    /** A tenth of its budget is left (P05). */
    BUDGET_LOW,
    /** A representative made it, stopped it for a while (CON-132). */
    ISSUED,
    FROZEN,
    /** In seven, three days, or one (P08). */
    EXPIRES_SOON,
    /** Its participant is suspended: it stands still (P09). */
    PARTICIPANT_SUSPENDED,
    PARTICIPANT_RESTORED,
    /** Its participant's connection ends on a day to come, and the token with it (CON-87). */
    TERMINATION_ANNOUNCED,
    TERMINATION_WITHDRAWN,
    /** Somebody presented it for whom it was not made (P10). */
    STRANGER,
    /** It was used for the first time (P11). */
    FIRST_USE,
    /** The authority answered a complaint about its participant (CON-158). */
    COMPLAINT_ANSWERED,
    /** A form consent was registered in his name (CON-96). */
    REGISTERED,
    /** A form consent ended before its time; the cause says why. Not told of what the taxpayer did himself. */
    WITHDRAWN,
    /** What he disputed was found to be given, and works again (CON-T26). */
    SETTLED;

    private static final Set<TidingKind> SWITCHABLE = Collections.unmodifiableSet(EnumSet.of(FIRST_USE, EXPIRES_SOON, BUDGET_LOW, PARTICIPANT_SUSPENDED, PARTICIPANT_RESTORED));

    /** Whether a taxpayer may do without (CON-156): what warns, and is not about a stranger. The database knows the same. */
    public boolean switchable() {
        return SWITCHABLE.contains(this);
    }
}
