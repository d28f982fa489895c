package org.kopuro.ledger;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.CanonicalJson;

/**
 * Something that happened, told for the ledger: a type with a version, the row that it is about, and named values. Business code states
 * which values are personal; those enter the ledger as keyed hashes.
 */
public final class LedgerEvent {

    /** Looked up once: jakarta.json.Json looks through the class path for it at each call. */
    private static final JsonProvider JSON = JsonProvider.provider();
    private final UUID id;
    private final Optional<Contour> contour;
    private final UUID recordId;
    private final JsonObjectBuilder content = JSON.createObjectBuilder();
    private final JsonObjectBuilder data = JSON.createObjectBuilder();
    private final List<Personal> personal = new ArrayList<>();

    private record Personal(String name, String value) {
    }

    private LedgerEvent(UUID id, String type, int version, Optional<Contour> contour, String recordKind, UUID recordId, Instant at) {
        this.id = id;
        this.contour = contour;
        this.recordId = recordId;
        content.add("at", at.truncatedTo(ChronoUnit.MICROS).toString()).add("id", id.toString()).add("type", type).add("version", version)
                .add("record", JSON.createObjectBuilder().add("kind", recordKind).add("id", recordId.toString()));
        contour.ifPresent(told -> content.add("contour", told.name()));
    }

    /**
     * An event about a row.
     *
     * @param type    capability and event, as in {@code consent.token_issued}
     * @param version of the meaning of the data; grows when that changes
     */
    public static LedgerEvent of(String type, int version, Contour contour, String recordKind, UUID recordId, Instant at) {
        return new LedgerEvent(UUID.randomUUID(), type, version, Optional.of(contour), recordKind, recordId, at);
    }

    /** An event about a row that belongs to both contours. */
    public static LedgerEvent of(String type, int version, String recordKind, UUID recordId, Instant at) {
        return new LedgerEvent(UUID.randomUUID(), type, version, Optional.empty(), recordKind, recordId, at);
    }

    /** An event that is itself the row's creation, and whose entry therefore has the row's id. */
    public static LedgerEvent itself(String type, int version, Optional<Contour> contour, String recordKind, UUID recordId, Instant at) {
        return new LedgerEvent(recordId, type, version, contour, recordKind, recordId, at);
    }

    public LedgerEvent with(String name, String value) {
        data.add(name, value);
        return this;
    }

    public LedgerEvent with(String name, Object value) {
        return with(name, value.toString());
    }

    public LedgerEvent with(String name, long value) {
        data.add(name, value);
        return this;
    }

    public LedgerEvent with(String name, Optional<?> value) {
        value.ifPresent(present -> with(name, present.toString()));
        return this;
    }

    public LedgerEvent with(String name, Collection<?> values) {
        data.add(name, JSON.createArrayBuilder(values.stream().map(Object::toString).toList()));
        return this;
    }

    /** A value about a person, one that somebody typed, or a suspicion of a participant: only its keyed hash enters the ledger. */
    public LedgerEvent personal(String name, Object value) {
        personal.add(new Personal(name, value.toString()));
        return this;
    }

    public LedgerEvent personal(String name, Optional<?> value) {
        value.ifPresent(present -> personal(name, present));
        return this;
    }

    public UUID id() {
        return id;
    }

    Optional<Contour> contour() {
        return contour;
    }

    UUID recordId() {
        return recordId;
    }

    /** Of an event without personal values, for whoever has no secrets. */
    String content() {
        if (!personal.isEmpty()) {
            throw new IllegalStateException("A personal value needs the nodes' secrets.");
        }
        return CanonicalJson.of(content.add("data", data).build());
    }

    String content(BlindingSecrets secrets) {
        personal.forEach(value -> data.add(value.name(), secrets.hash(secrets.current(), id, value.name(), value.value())));
        return CanonicalJson.of(content.add("data", data).build());
    }
}
