package org.kopuro.installation;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The present row of an answer. What may be NULL is asked for by {@link #maybe}, everything else is there. */
public final class Row {

    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    public String text(String column) {
        return get(column, ResultSet::getString);
    }

    public int number(String column) {
        return get(column, ResultSet::getInt);
    }

    public long large(String column) {
        return get(column, ResultSet::getLong);
    }

    public boolean flag(String column) {
        return get(column, ResultSet::getBoolean);
    }

    public byte[] octets(String column) {
        return get(column, ResultSet::getBytes);
    }

    public UUID uuid(String column) {
        return object(column, UUID.class);
    }

    public Instant instant(String column) {
        OffsetDateTime value = object(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public LocalDate day(String column) {
        return object(column, LocalDate.class);
    }

    public <E extends Enum<E>> E as(Class<E> type, String column) {
        return Enum.valueOf(type, text(column));
    }

    /** An array's elements. */
    public <T> List<T> all(Class<T> type, String column) {
        return get(column, (row, name) -> {
            Array array = row.getArray(name);
            Object[] elements = (Object[]) array.getArray();
            return Arrays.stream(elements).map(type::cast).toList();
        });
    }

    /** Empty where the column is NULL; else as {@code reading} says, such as {@code row.maybe("ended_at", row::instant)}. */
    public <T> Optional<T> maybe(String column, Function<String, T> reading) {
        return get(column, ResultSet::getObject) == null ? Optional.empty() : Optional.of(reading.apply(column));
    }

    private <T> T object(String column, Class<T> type) {
        return get(column, (row, name) -> row.getObject(name, type));
    }

    private <T> T get(String column, Reading<T> reading) {
        try {
            return reading.of(rows, column);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private interface Reading<T> {
        T of(ResultSet row, String column) throws SQLException;
    }
}
