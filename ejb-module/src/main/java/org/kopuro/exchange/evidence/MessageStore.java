package org.kopuro.exchange.evidence;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;

@Dependent
class MessageStore {

    /** What identifies the call comes from its usage entry, so that it cannot differ from it. */
    private static final String INSERT = """
            insert into exchange.message (occurrence, at, contour, message_id, thumbprint, request_type, answer_type, request_sha256, answer_sha256,
                                          key_number, request, answer, keep_until)
            select occurrence, at, contour, message_id, ?, ?, ?, ?, ?, ?, ?, ?, ? from consent.usage where occurrence = ?
            returning contour
            """;

    @Inject
    private Sql sql;

    /** Both messages, encrypted. */
    record Sealed(short keyNumber, byte[] request, byte[] answer) {
    }

    /** A key that this database knows of, and whether kept octets still need it. */
    record Registered(short number, byte[] fingerprint, boolean needed) {
    }

    /** What is kept of a call's messages. */
    record Kept(Instant at, String messageId, String requestType, String answerType, byte[] requestDigest, byte[] answerDigest,
            Optional<Short> keyNumber, Optional<Sealed> sealed, Instant keepUntil) {
    }

    /** The contour of the call; empty when there is no such call. */
    Optional<Contour> add(UUID occurrence, Exchanged messages, byte[] requestDigest, byte[] answerDigest, Optional<Sealed> sealed, Instant keepUntil) {
        return sql.first(INSERT, row -> row.as(Contour.class, "contour"),
                messages.thumbprint(), messages.request().type(), messages.answer().type(), requestDigest, answerDigest,
                sealed.map(Sealed::keyNumber), sealed.map(Sealed::request).orElse(null), sealed.map(Sealed::answer).orElse(null), keepUntil, occurrence);
    }

    void addAttachments(UUID occurrence, Contour contour, Direction direction, List<Exchanged.Attached> attachments) {
        int number = 0;
        for (Exchanged.Attached one : attachments) {
            sql.update("insert into exchange.message_attachment (occurrence, contour, direction, number, content_id, media_type, octets, sha256) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    occurrence, contour, direction.name(), ++number, one.contentId(), one.mediaType(), one.octets(), HexFormat.of().parseHex(one.sha256()));
        }
    }

    Optional<Kept> find(UUID occurrence, Contour contour) {
        return sql.first("select * from exchange.message where occurrence = ? and contour = ?", MessageStore::kept, occurrence, contour);
    }

    int forget(int most) {
        return sql.one("select exchange.forget_messages(?) forgotten", row -> row.number("forgotten"), most);
    }

    void register(short number, byte[] fingerprint, Instant now) {
        sql.update("insert into exchange.message_key (number, fingerprint, registered_at) values (?, ?, ?) on conflict on constraint message_key_pk do nothing",
                number, fingerprint, now);
    }

    List<Registered> registeredKeys() {
        return sql.list("""
                select number, fingerprint, exists (select from exchange.message m where m.key_number = k.number and m.request is not null) needed
                  from exchange.message_key k order by number""",
                row -> new Registered((short) row.number("number"), row.octets("fingerprint"), row.flag("needed")));
    }

    private static Kept kept(Row row) {
        Optional<Short> key = row.maybe("key_number", row::number).map(Integer::shortValue);
        return new Kept(row.instant("at"), row.text("message_id"), row.text("request_type"), row.text("answer_type"),
                row.octets("request_sha256"), row.octets("answer_sha256"), key,
                row.maybe("request", row::octets).map(request -> new Sealed(key.orElseThrow(), request, row.octets("answer"))), row.instant("keep_until"));
    }
}
