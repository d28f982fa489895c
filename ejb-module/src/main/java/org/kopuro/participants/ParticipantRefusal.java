package org.kopuro.participants;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why the register of participants says no. */
public enum ParticipantRefusal implements RefusalCode {
    PARTICIPANT_ALREADY_REGISTERED,
    SUBSYSTEM_ALREADY_REGISTERED,
    /** Neither 13 nor 15 digits. */
    OGRN_LENGTH,
    /** Its last digit does not check the others. */
    OGRN_CHECK_DIGIT,
    OGRN_OF_ANOTHER_KIND,
    /** Neither 10 nor 12 digits, or of no region. */
    RUSSIAN_INN_LENGTH,
    /** A last digit does not check the others. */
    RUSSIAN_INN_CHECK_DIGIT,
    RUSSIAN_INN_OF_ANOTHER_KIND,
    /** A participant's INN does not become another one. */
    INN_KNOWN_OTHERWISE,
    CERTIFICATE_UNREADABLE,
    CERTIFICATE_KEY_REFUSED,
    CERTIFICATE_EXPIRED_ALREADY,
    CERTIFICATE_ALREADY_REGISTERED,
    /** By its own key usage. */
    CERTIFICATE_OF_ANOTHER_PURPOSE,
    CONTACTS_ONE_OR_TWO,
    /** What is one for both contours. */
    SPEECH_OF_PRODUCTION;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case SPEECH_OF_PRODUCTION -> RefusalKind.FORBIDDEN;
            case PARTICIPANT_ALREADY_REGISTERED, SUBSYSTEM_ALREADY_REGISTERED, CERTIFICATE_ALREADY_REGISTERED -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
