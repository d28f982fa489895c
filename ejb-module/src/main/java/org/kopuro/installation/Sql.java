package org.kopuro.installation;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kopuro.kernel.Id;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.jdbc.PgResultSet;

/**
 * SQL in the transaction of the caller, for what JPA's mappings cannot say well. A store says its statements; how values become
 * parameters, and columns values, is said here.
 *
 * <p>Parameters in the order of their question marks: an {@link Instant} becomes a {@code timestamptz}, an enum its name, an {@link Id}
 * its UUID, a collection an array (of UUIDs, octets, numbers, days, else texts), an empty {@link Optional} NULL; everything else is the driver's.
 * What may be absent is best given as an Optional: it has no type but the one that the statement gives it, by a column or by a cast ({@code ?::date}), and so
 * the same whether it is there or not. So has an empty collection; a Java array has its own also when empty.
 *
 * <p>Failures are {@link SqlFailure}. Jdbi was tried first: it keeps its settings with the source of connections, and here the connection is the
 * persistence context's, another one each time.
 */
@Dependent
public class Sql {

    /** PostgreSQL's names of what arrays are made of; texts where a class is not here. */
    private static final Map<Class<?>, String> ELEMENTS = Map.of(UUID.class, "uuid", byte[].class, "bytea", Integer.class, "integer", Long.class, "bigint",
            LocalDate.class, "date");

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

    /** Of a function called for what it does, not for what it returns. */
    public void call(String sql, Object... parameters) {
        run(sql, parameters, PreparedStatement::execute);
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

    /**
     * Adds rows by COPY, for what is written by the hundred: a batch of INSERTs has the table's checks read anew for each of them.
     *
     * @param table and its columns, as in {@code loans.loan (id, contour)}
     * @param rows  a value for each column, as parameters are given; no type is needed where one is absent
     */
    public void copy(String table, Collection<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        CopyText text = new CopyText();
        rows.forEach(text::row);
        try {
            CopyIn copy = connection.get().unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin");
            try {
                text.sendTo(copy);
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    public <T> List<T> list(String sql, Function<Row, T> reading, Object... parameters) {
        List<T> all = new ArrayList<>();
        each(sql, row -> all.add(reading.apply(row)), parameters);
        return all;
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, Function<Row, T> reading, Object... parameters) {
        return run(sql, parameters, statement -> {
            try (ResultSet answer = statement.executeQuery()) {
                ResultSet rows = drivers(answer);
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

    public <X extends Exception> void each(String sql, Taking<X> taking, Object... parameters) throws X {
        each(0, sql, taking, parameters);
    }

    /** @param fetched rows in memory at once, within a transaction; 0 is all */
    public <X extends Exception> void each(int fetched, String sql, Taking<X> taking, Object... parameters) throws X {
        run(sql, parameters, statement -> {
            statement.setFetchSize(fetched);
            try (ResultSet answer = statement.executeQuery()) {
                ResultSet rows = drivers(answer);
                for (Row row = new Row(rows); rows.next(); ) {
                    taking.take(row);
                }
            }
            return null;
        });
    }

    /** Takes one row of many; what it throws, the store's caller gets. */
    @FunctionalInterface
    public interface Taking<X extends Exception> {
        void take(Row row) throws X;
    }

    private <T, X extends Exception> T run(String sql, Object[] parameters, Work<T, X> work) throws X {
        try (PreparedStatement statement = connection.get().prepareStatement(sql)) {
            bind(statement, parameters);
            return work.on(statement);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Without the container's: for each moment, day and UUID that is asked for, it looks through the driver's class for the method, which takes longer than all else of a row. */
    private static ResultSet drivers(ResultSet answer) throws SQLException {
        return answer.isWrapperFor(PgResultSet.class) ? answer.unwrap(PgResultSet.class) : answer;
    }

    private static void bind(PreparedStatement statement, Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = SqlValue.plain(parameters[i]);
            if (value instanceof Collection<?> values && values.isEmpty()) {
                statement.setObject(i + 1, "{}", Types.OTHER);
            } else if (value instanceof Object[] || value instanceof Collection) {
                Object[] elements = value instanceof Collection<?> values ? array(values) : (Object[]) value;
                String type = ELEMENTS.getOrDefault(elements.getClass().getComponentType(), "text");
                statement.setArray(i + 1, statement.getConnection().createArrayOf(type, elements));
            } else if (parameters[i] instanceof Optional && value != null) {
                // Without a type, like NULL: the driver has a statement parsed and planned anew whenever a parameter's type is another than before.
                statement.setObject(i + 1, value instanceof byte[] octets ? "\\x" + HexFormat.of().formatHex(octets) : value.toString(), Types.OTHER);
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    /** Of the elements' own class, which the driver can send as it is, without making text of it. */
    private static Object[] array(Collection<?> values) {
        List<Object> elements = new ArrayList<>();
        values.forEach(value -> elements.add(SqlValue.plain(value)));
        Class<?> type = elements.stream().filter(Objects::nonNull).findFirst().<Class<?>>map(Object::getClass).orElse(String.class);
        return elements.toArray((Object[]) Array.newInstance(type, 0));
    }

    private interface Work<T, X extends Exception> {
        T on(PreparedStatement statement) throws SQLException, X;
    }
}
