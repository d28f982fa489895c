package org.kopuro.exchange.evidence;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

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
        return run(INSERT, statement -> {
            statement.setBytes(1, messages.thumbprint());
            statement.setString(2, messages.request().type());
            statement.setString(3, messages.answer().type());
            statement.setBytes(4, requestDigest);
            statement.setBytes(5, answerDigest);
            statement.setObject(6, sealed.map(Sealed::keyNumber).orElse(null), Types.SMALLINT);
            statement.setBytes(7, sealed.map(Sealed::request).orElse(null));
            statement.setBytes(8, sealed.map(Sealed::answer).orElse(null));
            statement.setObject(9, keepUntil.atOffset(ZoneOffset.UTC));
            statement.setObject(10, occurrence);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(Contour.valueOf(row.getString(1))) : Optional.empty();
            }
        });
    }

    Optional<Kept> find(UUID occurrence, Contour contour) {
        return run("select * from exchange.message where occurrence = ? and contour = ?", statement -> {
            statement.setObject(1, occurrence);
            statement.setString(2, contour.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(kept(row)) : Optional.empty();
            }
        });
    }

    int forget(int most) {
        return run("select exchange.forget_messages(?)", statement -> {
            statement.setInt(1, most);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    void register(short number, byte[] fingerprint, Instant now) {
        run("insert into exchange.message_key (number, fingerprint, registered_at) values (?, ?, ?) on conflict on constraint message_key_pk do nothing", statement -> {
            statement.setShort(1, number);
            statement.setBytes(2, fingerprint);
            statement.setObject(3, now.atOffset(ZoneOffset.UTC));
            return statement.executeUpdate();
        });
    }

    List<Registered> registeredKeys() {
        return run("""
                select number, fingerprint, exists (select from exchange.message m where m.key_number = k.number and m.request is not null) needed
                  from exchange.message_key k order by number""", statement -> {
            List<Registered> keys = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    keys.add(new Registered(row.getShort("number"), row.getBytes("fingerprint"), row.getBoolean("needed")));
                }
            }
            return keys;
        });
    }

    private static Kept kept(ResultSet row) throws SQLException {
        short number = row.getShort("key_number");
        Optional<Short> key = row.wasNull() ? Optional.empty() : Optional.of(number);
        byte[] request = row.getBytes("request");
        return new Kept(row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("message_id"), row.getString("request_type"), row.getString("answer_type"),
                row.getBytes("request_sha256"), row.getBytes("answer_sha256"), key,
                request == null ? Optional.empty() : Optional.of(new Sealed(number, request, row.getBytes("answer"))),
                row.getObject("keep_until", OffsetDateTime.class).toInstant());
    }

    private <T> T run(String sql, Work<T> work) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
