package org.kopuro.access.requests;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Purpose;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.notices.Heading;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.ParticipantView;

/** How participants' letters are to be headed (ACC-24), and whether one is. */
final class LetterSubjects {

    private LetterSubjects() {
    }

    /**
     * In the participant's language, where the template names the kind of request; empty where the procedure wants none.
     *
     * @param inn  the participant's, or what the letter states
     * @param ogrn the participant's, or what the letter states
     */
    static Optional<String> expected(Procedure procedure, ParticipantView participant, Optional<String> inn, Optional<Ogrn> ogrn, RequestKind kind, Contour contour) {
        return procedure.subject(Purpose.of(kind, contour)).map(template -> filled(template, participant, inn, ogrn, kind, contour, participant.language()));
    }

    /** The expected subject, where the letter's does not have it in any of the languages. What stands around it, as RE: does, is nobody's business. */
    static Optional<String> missed(Optional<String> subject, Procedure procedure, ParticipantView participant, Optional<String> inn, Optional<Ogrn> ogrn, RequestKind kind,
            Contour contour) {
        List<String> right = procedure.subject(Purpose.of(kind, contour)).stream().flatMap(template -> Arrays.stream(Language.values())
                .map(language -> filled(template, participant, inn, ogrn, kind, contour, language))).toList();
        return right.stream().anyMatch(one -> compared(subject.orElse("")).contains(compared(one))) ? Optional.empty() : expected(procedure, participant, inn, ogrn, kind, contour);
    }

    private static String filled(String template, ParticipantView participant, Optional<String> inn, Optional<Ogrn> ogrn, RequestKind kind, Contour contour, Language language) {
        Map<String, String> facts = new HashMap<>(Map.of("participant", participant.fullName(), "requestKind", Letters.word(language, "request." + kind),
                "contour", Letters.word(language, "contour." + contour)));
        inn.ifPresent(number -> facts.put("participantInn", number));
        ogrn.ifPresent(number -> facts.put("participantOgrn", number.digits()));
        return Heading.filled(template, facts);
    }

    /** Mail programs fold lines and people write as they like: blanks and case say nothing. */
    private static String compared(String subject) {
        return subject.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }
}
