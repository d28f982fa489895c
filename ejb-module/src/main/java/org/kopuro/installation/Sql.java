package org.kopuro.installation;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kopuro.kernel.Id;

/**
 * SQL in the transaction of the caller, for what JPA's mappings cannot say well. A store says its statements; how values become
 * parameters, and columns values, is said here.
 *
 * <p>Parameters in the order of their question marks: an {@link Instant} becomes a {@code timestamptz}, an enum its name, an {@link Id}
 * its UUID, a collection an array of texts or of UUIDs, an empty {@link Optional} NULL; everything else is the driver's.
 *
 * <p>Failures are {@link SqlFailure}. Jdbi was tried first: it keeps its settings with the source of connections, and here the connection is the
 * persistence context's, another one each time.
 */
@Dependent
public class Sql {

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;
    private final Supplier<Connection> connection;

    Sql() {
        connection = () -> entities.unwrap(Connection.class);
    }

    private Sql(Connection connection) {
        this.connection = () -> connection;
    }

    /** On a connection whose transactions are the caller's: the operator's commands, loaders. */
    public static Sql on(Connection connection) {
        return new Sql(connection);
    }

    /** The number of rows that changed. */
    public int update(String sql, Object... parameters) {
        return run(sql, parameters, PreparedStatement::executeUpdate);
    }

    /** The statement once for each row of parameters, sent together; the numbers of rows that changed. */
    public int[] batch(String sql, Collection<Object[]> rows) {
        return run(sql, new Object[0], statement -> {
            for (Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    public <T> List<T> list(String sql, Function<Row, T> reading, Object... parameters) {
        List<T> all = new ArrayList<>();
        each(sql, row -> all.add(reading.apply(row)), parameters);
        return all;
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, Function<Row, T> reading, Object... parameters) {
        return run(sql, parameters, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.ofNullable(reading.apply(new Row(rows))) : Optional.empty();
            }
        });
    }

    /** Of a statement that always has a row. */
    public <T> T one(String sql, Function<Row, T> reading, Object... parameters) {
        return first(sql, reading, parameters).orElseThrow();
    }

    public boolean exists(String sql, Object... parameters) {
        return first(sql, row -> true, parameters).orElse(false);
    }

    public void each(String sql, Consumer<Row> taking, Object... parameters) {
        each(0, sql, taking, parameters);
    }

    /** @param fetched rows in memory at once; 0 is all */
    public void each(int fetched, String sql, Consumer<Row> taking, Object... parameters) {
        run(sql, parameters, statement -> {
            statement.setFetchSize(fetched);
            try (ResultSet rows = statement.executeQuery()) {
                for (Row row = new Row(rows); rows.next(); ) {
                    taking.accept(row);
                }
            }
            return null;
        });
    }

    private <T> T run(String sql, Object[] parameters, Work<T> work) {
        try (PreparedStatement statement = connection.get().prepareStatement(sql)) {
            bind(statement, parameters);
            return work.on(statement);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static void bind(PreparedStatement statement, Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = plain(parameters[i]);
            statement.setObject(i + 1, value instanceof Collection<?> values ? array(statement, values) : value);
        }
    }

    private static Object array(PreparedStatement statement, Collection<?> values) throws SQLException {
        Object[] elements = values.stream().map(Sql::plain).toArray();
        String type = elements.length > 0 && elements[0] instanceof UUID ? "uuid" : elements.length > 0 && elements[0] instanceof byte[] ? "bytea" : "text";
        return statement.getConnection().createArrayOf(type, elements);
    }

    private static Object plain(Object value) {
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null));
        }
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value instanceof Id id ? id.value() : value;
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
