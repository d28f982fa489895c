package org.kopuro.consent.forms;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/** The wordings of the form that agreements name (CON-90); in TEST, where there are no agreements, the participant's. */
@Stateless
public class FormVersions {

    private static final int LISTED_MAX = 1000;

    @Inject
    private FormStore store;
    @Inject
    private Agreements agreements;
    @Inject
    private Participants participants;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /**
     * Names one more; a name is never given again under the same agreement.
     *
     * @param procedure whose agreement names it; not asked in TEST
     * @param sha256    of the text in each language that it is written in, in hexadecimal
     */
    public FormVersionView name(ParticipantId participant, Contour contour, Optional<String> procedure, String version, Map<Language, String> sha256, Actor by) {
        participants.get(participant);
        String name = Input.text(version, "version", 100);
        if (sha256.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "sha256");
        }
        Map<Language, byte[]> texts = new EnumMap<>(Language.class);
        sha256.forEach((language, digits) -> texts.put(language, digest(digits)));
        Instant at = clock.instant();
        Optional<UUID> agreement = contour == Agreements.CONTOUR ? Optional.of(inForce(participant, contour, procedure, at)) : Optional.empty();
        UUID id = UUID.randomUUID();
        if (!store.addVersion(id, participant, contour, agreement, name, texts, at, by)) {
            throw Refusal.of(FormRefusal.FORM_VERSION_NAMED_ALREADY, "version", name);
        }
        LedgerEvent told = LedgerEvent.of("consent.form_version_named", 1, contour, "form_version", id, at).with("participant", participant.value()).with("agreement", agreement)
                .with("name", name).with("actor", by.account()).with("actorRole", by.role());
        texts.forEach((language, digest) -> told.with(language.tag() + "Sha256", HexFormat.of().formatHex(digest)));
        ledger.record(told);
        return of(participant, contour).stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }

    /** The newest first. */
    public List<FormVersionView> of(ParticipantId participant, Contour contour) {
        return store.versions(participant, contour, LISTED_MAX);
    }

    private UUID inForce(ParticipantId participant, Contour contour, Optional<String> procedure, Instant at) {
        LocalDate today = LocalDate.ofInstant(at, Installation.ZONE);
        return agreements.of(participant, contour).stream().filter(one -> procedure.filter(one.procedure()::equals).isPresent() && one.inForceOn(today)).findFirst()
                .map(AgreementView::id).orElseThrow(() -> Refusal.of(FormRefusal.NO_AGREEMENT_IN_FORCE, "procedure")).value();
    }

    private static byte[] digest(String digits) {
        String text = Input.text(digits, "sha256", 64).toLowerCase(Locale.ROOT);
        if (!text.matches("[0-9a-f]{64}")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "sha256");
        }
        return HexFormat.of().parseHex(text);
    }
}
