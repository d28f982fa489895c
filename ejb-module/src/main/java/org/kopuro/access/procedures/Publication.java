package org.kopuro.access.procedures;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.LedgerEvent;

/** Puts a version behind those that are there, in its caller's transaction: on a server by two officials, or by the owner's command. */
final class Publication {

    static final String LEDGER_TYPE = "access.procedure_published";

    private final Procedure wanted;
    private final ProcedureVersionStore rows;
    private final Instant at;

    Publication(Procedure wanted, ProcedureVersionStore rows, Instant at) {
        this.wanted = wanted;
        this.rows = rows;
        this.at = at;
    }

    /** Refuses what does not follow the newest version, which it gives; empty before the first one. Nobody else publishes of this procedure until the transaction ends. */
    Optional<Procedure> requireFits() {
        rows.queue(wanted.code());
        List<Procedure> versions = rows.versions(wanted.code());
        Optional<Procedure> former = versions.stream().findFirst();
        int next = former.map(Procedure::version).orElse(0) + 1;
        if (wanted.version() != next) {
            throw Refusal.of(ProcedureRefusal.PROCEDURE_VERSION_TAKEN, "version", String.valueOf(next));
        }
        if (former.isPresent() && !former.get().calendar().equals(wanted.calendar())) {
            throw Refusal.of(ProcedureRefusal.PROCEDURE_NOT_THE_SAME, "calendar");
        }
        if (former.isPresent() && !former.get().titles().equals(wanted.titles())) {
            throw Refusal.of(ProcedureRefusal.PROCEDURE_NOT_THE_SAME, "titles");
        }
        List<String> unknown = rows.unknownDecrees(wanted.decrees().stream().map(Decree::code).toList());
        if (!unknown.isEmpty()) {
            throw Refusal.of(ProcedureRefusal.PROCEDURE_DECREE_UNKNOWN, "decrees", String.join(", ", unknown));
        }
        LocalDate today = rows.day(wanted.calendar(), at).orElseThrow(() -> Refusal.of(ProcedureRefusal.PROCEDURE_CALENDAR_UNKNOWN, "calendar"));
        LocalDate earliest = Stream.concat(Stream.of(today), former.stream().flatMap(one -> Stream.of(one.validFrom(), one.validTo().orElse(one.validFrom()))))
                .max(LocalDate::compareTo).orElseThrow().plusDays(1);
        if (wanted.validFrom().isBefore(earliest)) {
            throw Refusal.of(ProcedureRefusal.PROCEDURE_FIRST_DAY_TOO_EARLY, "firstDay", earliest.toString());
        }
        return former;
    }

    /** What the ledger is to know of it. */
    LedgerEvent publish(Actor by) {
        Optional<Procedure> former = requireFits();
        if (former.isEmpty()) {
            rows.add(wanted);
        } else if (former.get().validTo().isEmpty()) {
            rows.end(former.get(), wanted.validFrom().minusDays(1));
        }
        UUID id = rows.addVersion(wanted);
        return LedgerEvent.of(LEDGER_TYPE, 1, "procedure_version", id, at).with("procedure", wanted.code()).with("version", wanted.version()).with("firstDay", wanted.validFrom().toString())
                .with("documentSha256", sha256(ProcedureDocument.write(wanted))).with("actor", by.account()).with("actorRole", by.role());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
