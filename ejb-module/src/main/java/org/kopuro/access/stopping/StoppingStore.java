package org.kopuro.access.stopping;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Language;
import org.kopuro.participants.ParticipantId;

/** Reads the facts, which the database computes. */
@Dependent
class StoppingStore {

    /** What no subsystem has. */
    private static final UUID NONE = new UUID(0, 0);

    @Inject
    private Sql sql;

    Set<String> bound(ParticipantId participant, String procedure, Collection<String> services, LocalDate day) {
        return new TreeSet<>(sql.list("select code from access.bound_to_tokens(?, ?, ?::text[], ?) bound (code)", row -> row.text("code"), participant, procedure, services, day));
    }

    List<StoppingFact> facts(Collection<Candidate> subsystems, Instant moment) {
        List<String> codes = subsystems.stream().map(Candidate::code).toList();
        List<UUID> ids = subsystems.stream().map(one -> one.id().map(id -> id.value()).orElse(NONE)).toList();
        return sql.list("""
                select o.code of_code, f.code, f.text_ru, f.text_ky, f.text_en, f.source, s.shown, s.at, s.quiet_until, s.consent_id, s.service_code, s.message_id, s.document_id
                  from unnest(?::text[], ?::uuid[]) with ordinality o (code, id, place)
                 cross join lateral access.stopping_seen(o.id, ?) s join access.stopping_fact f on f.code = s.fact
                 order by o.place, f.position""", row -> fact(row, Optional.of(row.text("of_code"))), codes, ids, moment);
    }

    StoppingFact waiver() {
        return sql.one("""
                select code, text_ru, text_ky, text_en, source, true shown, null::timestamptz as at, null::timestamptz quiet_until, null::uuid consent_id, null::uuid document_id
                  from access.stopping_fact where code = 'STOPPING_PROOF_WAIVED'""", row -> fact(row, Optional.empty()));
    }

    private static StoppingFact fact(Row row, Optional<String> subsystem) {
        return new StoppingFact(subsystem, row.text("code"), Map.of(Language.RU, row.text("text_ru"), Language.KY, row.text("text_ky"), Language.EN, row.text("text_en")), row.text("source"),
                row.flag("shown"), row.maybe("at", row::instant), row.maybe("quiet_until", row::instant),
                row.maybe("consent_id", row::uuid).map(consent -> new LateCall(consent, row.text("service_code"), row.text("message_id"))), row.maybe("document_id", row::uuid));
    }
}
