package org.kopuro.installation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.participants.ParticipantId;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** Values on their way into statements and out of rows. */
class SpeakingSqlIT {

    private static final UUID SOME = UUID.fromString("00000000-0000-0000-0000-00000000000a");
    private static final UUID OTHER = UUID.fromString("00000000-0000-0000-0000-00000000000b");

    private Connection connection;
    private Sql sql;

    @BeforeEach
    void aTableOfItsOwn() throws SQLException {
        connection = TestDatabase.shared().owner().getConnection();   // the application's role may not make temporary tables
        connection.setAutoCommit(false);
        sql = Sql.on(connection);
        sql.update("""
                create temporary table thing (id uuid constraint thing_pk primary key, at timestamptz, day date, name text, small smallint, octets bytea,
                    contour text constraint thing_contour check (contour in ('TEST', 'PRODUCTION')))""");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private String sent(String type, Object value) {
        return sql.first("select ?::" + type + "::text sent", row -> row.text("sent"), value).orElse(null);
    }

    @Test
    void aParameterIsSentAsWhatItMeans() {
        sql.update("set local time zone 'UTC'");
        assertEquals("2026-03-01 18:30:00.123456+00", sent("timestamptz", Instant.parse("2026-03-01T18:30:00.123456Z")));
        assertEquals("2026-03-01", sent("date", LocalDate.of(2026, 3, 1)));
        assertEquals("TEST", sent("text", Contour.TEST));
        assertEquals(SOME.toString(), sent("uuid", new ParticipantId(SOME)));
        assertEquals(SOME.toString(), sent("uuid", SOME));
        assertEquals("Ы", sent("text", "Ы"));
        assertEquals("\\x00ff", sent("bytea", new byte[] {0, -1}));
        assertEquals("7", sent("integer", 7));
        assertEquals("9000000000", sent("bigint", 9_000_000_000L));
        assertEquals("true", sent("boolean", true));
    }

    @Test
    void whatIsAbsentIsNullAndWhatIsPresentIsItself() {
        sql.update("set local time zone 'UTC'");
        assertNull(sent("timestamptz", Optional.empty()));
        assertNull(sent("date", null));
        assertEquals("PRODUCTION", sent("text", Optional.of(Contour.PRODUCTION)));
        assertEquals(SOME.toString(), sent("uuid", Optional.of(new ParticipantId(SOME))));
        assertEquals("2026-03-01 18:30:00.123456+00", sent("timestamptz", Optional.of(Instant.parse("2026-03-01T18:30:00.123456Z"))));
        assertEquals("\\x00ff", sent("bytea", Optional.of(new byte[] {0, -1})));
        assertEquals("true", sent("boolean", Optional.of(true)));
        assertEquals("7", sent("smallint", Optional.of(7)));
        assertEquals("2026-03-01", sent("date", Optional.of(LocalDate.of(2026, 3, 1))));
        sql.update("insert into thing values (?, ?, ?, ?, ?, ?, ?)", new ParticipantId(SOME), Optional.empty(), Optional.empty(), null, Optional.<Short>empty(),
                Optional.<byte[]>empty(), Optional.<Contour>empty());
        assertTrue(sql.exists("select from thing where id = ? and num_nulls(at, day, name, small, octets, contour) = 6", SOME));
    }

    @Test
    void aCollectionIsAnArrayOfWhatItsElementsMean() {
        assertEquals("{a,NULL,\"b,c\"}", sent("text[]", Arrays.asList("a", null, "b,c")));
        assertEquals("{TEST,PRODUCTION}", sent("text[]", List.of(Contour.TEST, Contour.PRODUCTION)));
        assertEquals("{" + SOME + "," + OTHER + "}", sent("uuid[]", List.of(new ParticipantId(SOME), new ParticipantId(OTHER))));
        assertEquals("{" + SOME + "}", sent("uuid[]", Optional.of(List.of(SOME))));
        assertEquals("{\"\\\\x00ff\",\"\\\\x01\"}", sent("bytea[]", List.of(new byte[] {0, -1}, new byte[] {1})));
        assertEquals("{1,9000000000}", sent("bigint[]", List.of(1L, 9_000_000_000L)));
        assertEquals("{1,2}", sent("integer[]", List.of(1, 2)));
        assertEquals("{2026-03-01,NULL}", sent("date[]", Arrays.asList(LocalDate.of(2026, 3, 1), null)));
        assertEquals("{}", sent("uuid[]", new UUID[0]));
        assertEquals("{a}", sent("text[]", new String[] {"a"}));
        assertEquals("{NULL}", sent("text[]", Arrays.asList((Object) null)));
    }

    /** Without a cast: the statement says of what the array is. */
    @Test
    void aCollectionFitsItsColumnAlsoWhenEmpty() {
        sql.update("insert into thing (id, name, day) values (?, 'x', '2026-03-01')", SOME);
        assertTrue(sql.exists("select from thing where id = any (?)", List.of(SOME, OTHER)));
        assertFalse(sql.exists("select from thing where id = any (?)", List.of()));
        assertFalse(sql.exists("select from thing where name = any (?)", List.of()));
        assertTrue(sql.exists("select from thing where day = any (?)", List.of(LocalDate.of(2026, 3, 1))));
        assertFalse(sql.exists("select from thing where day = any (?)", List.of()));
    }

    @Test
    void aStatementIsPlannedOnceWhateverIsAbsent() {
        String adding = "insert into thing select gen_random_uuid(), ?, ?, ?, ?, ?, ? from generate_series(1, cardinality(?))";
        String prepared = "select string_agg(name, ' ') names from pg_prepared_statements where statement like 'insert into thing select%'";
        String first = "";
        for (int i = 0; i < 140; i++) {
            sql.update(adding, Optional.of(Instant.EPOCH).filter(set(i, 0)), Optional.of(LocalDate.EPOCH).filter(set(i, 1)), Optional.of("x").filter(set(i, 2)),
                    Optional.of((short) 1).filter(set(i, 3)), Optional.of(new byte[1]).filter(set(i, 4)), Optional.of(Contour.TEST).filter(set(i, 5)),
                    set(i, 6).test("") ? new UUID[] {SOME} : new UUID[0]);
            first = i == 10 ? sql.one(prepared, row -> row.text("names")) : first;
        }
        assertEquals(first, sql.one(prepared, row -> row.text("names")));
        assertTrue(sql.exists("select from thing where at = ? and day = ? and name = 'x' and small = 1 and octets = ? and contour = 'TEST'", Instant.EPOCH, LocalDate.EPOCH, new byte[1]));
        assertTrue(sql.exists("select from thing where num_nulls(at, day, name, small, octets, contour) = 6"));
    }

    /** Every combination in turn. */
    private static Predicate<Object> set(int number, int bit) {
        return any -> (number >> bit & 1) == 1;
    }

    @Test
    void aColumnIsReadAsWhatItMeans() {
        Instant at = Instant.parse("2026-03-01T18:30:00.123456Z");
        sql.update("insert into thing values (?, ?, ?, ?, ?, ?, ?)", SOME, at, LocalDate.of(2026, 3, 1), "Ы", (short) 7, new byte[] {0, -1}, Contour.TEST);
        assertTrue(sql.first("select *, 9000000000 as large, true yes, null::boolean unknown, array['a', 'b'] texts, array[id] ids, '{}'::text[] nothing from thing", row -> {
            assertEquals(SOME, row.uuid("id"));
            assertEquals(at, row.instant("at"));
            assertEquals(LocalDate.of(2026, 3, 1), row.day("day"));
            assertEquals("Ы", row.text("name"));
            assertEquals(7, row.number("small"));
            assertEquals(9_000_000_000L, row.large("large"));
            assertArrayEquals(new byte[] {0, -1}, row.octets("octets"));
            assertEquals(Contour.TEST, row.as(Contour.class, "contour"));
            assertTrue(row.flag("yes"));
            assertFalse(row.flag("unknown"));
            assertEquals(List.of("a", "b"), row.all(String.class, "texts"));
            assertEquals(List.of(SOME), row.all(UUID.class, "ids"));
            assertEquals(List.of(), row.all(String.class, "nothing"));
            assertThrows(IllegalArgumentException.class, () -> row.as(Language.class, "contour"));
            assertThrows(SqlFailure.class, () -> row.text("no_such_column"));
            return row;
        }).isPresent());
    }

    @Test
    void whatMayBeNullIsAskedFor() {
        sql.update("insert into thing (id) values (?)", SOME);
        sql.each("select *, null::integer number, null::text[] texts from thing", row -> {
            assertEquals(Optional.of(SOME), row.maybe("id", row::uuid));
            assertEquals(Optional.empty(), row.maybe("at", row::instant));
            assertEquals(Optional.empty(), row.maybe("day", row::day));
            assertEquals(Optional.empty(), row.maybe("name", row::text));
            assertEquals(Optional.empty(), row.maybe("small", row::number));
            assertEquals(Optional.empty(), row.maybe("number", row::large));
            assertEquals(Optional.empty(), row.maybe("octets", row::octets));
            assertEquals(Optional.empty(), row.maybe(Contour.class, "contour"));
            assertEquals(Optional.empty(), row.maybe("texts", column -> row.all(String.class, column)));
        });
        sql.update("update thing set contour = 'TEST', octets = '', small = 0");
        sql.each("select * from thing", row -> {
            assertEquals(Optional.of(Contour.TEST), row.maybe(Contour.class, "contour"));
            assertEquals(Optional.of(0), row.maybe("octets", row::octets).map(octets -> octets.length));
            assertEquals(Optional.of(0), row.maybe("small", row::number));
        });
    }

    @Test
    void oneFirstAllOrWhetherThereIsAny() {
        assertEquals(2, Arrays.stream(sql.batch("insert into thing (id, name) values (?, ?)", List.of(new Object[] {SOME, "a"}, new Object[] {OTHER, Optional.empty()}))).sum());
        assertEquals(List.of(SOME, OTHER), sql.list("select id from thing order by id", row -> row.uuid("id")));
        assertEquals(Optional.of(SOME), sql.first("select id from thing order by id", row -> row.uuid("id")));
        assertEquals(Optional.empty(), sql.first("select id from thing where name = ?", row -> row.uuid("id"), "nobody"));
        assertEquals(OTHER, sql.one("select id from thing where name is null", row -> row.uuid("id")));
        assertThrows(NoSuchElementException.class, () -> sql.one("select id from thing where name = ?", row -> row.uuid("id"), "nobody"));
        assertTrue(sql.exists("select from thing where name = ?", "a"));
        assertEquals(2, sql.update("update thing set small = ?", (short) 1));
        sql.call("select set_config('kopuro.test', ?, true)", "done");
        assertEquals("done", sql.one("select current_setting('kopuro.test') done", row -> row.text("done")));
    }

    @Test
    void aFailureNamesTheConstraintAndTheState() throws SQLException {
        sql.update("insert into thing (id) values (?)", SOME);
        connection.commit();
        SqlFailure twice = assertThrows(SqlFailure.class, () -> sql.update("insert into thing (id) values (?)", SOME));
        assertEquals("thing_pk 23505", twice.constraint() + " " + twice.state());
        connection.rollback();
        SqlFailure contour = assertThrows(SqlFailure.class, () -> sql.update("update thing set contour = ?", "BOTH"));
        assertEquals("thing_contour 23514", contour.constraint() + " " + contour.state());
        connection.rollback();
        SqlFailure other = assertThrows(SqlFailure.class, () -> sql.call("select 1 / ?", 0));
        assertEquals(" 22012", other.constraint() + " " + other.state());
        connection.close();
        assertEquals("", assertThrows(SqlFailure.class, () -> sql.call("select 1")).constraint());
    }

    @Test
    void rowsComeAFewAtATimeAndWhatTheTakerThrowsComesOut() {
        sql.update("create temporary sequence asked");
        String asking = "select nextval('asked') number from generate_series(1, 100)";
        IOException full = new IOException("the disk is full");
        assertEquals(full, assertThrows(IOException.class, () -> sql.each(10, asking, row -> {
            if (row.number("number") == 15) {
                throw full;
            }
        })));
        assertTrue(sql.exists("select from asked where last_value = 20"), "two tens were fetched");
        sql.each(asking, row -> assertTrue(row.number("number") > 0));
        assertTrue(sql.exists("select from asked where last_value = 120"));
    }

    @Test
    void aBeansStatementsBelongToTheTransactionOfTheUseCase() {
        TestApplication application = new TestApplication("TEST", Instant.EPOCH);
        String name = "test-" + UUID.randomUUID();
        String adding = "insert into kernel.secret (name, number, fingerprint) values (?, ?, ?)";
        assertThrows(IllegalStateException.class, () -> application.run(Sql.class, bean -> {
            assertEquals(1, bean.update(adding, name, (short) 1, new byte[32]));
            assertTrue(bean.exists("select from kernel.secret where name = ?", name));
            throw new IllegalStateException("a use case that goes wrong");
        }));
        assertEquals(List.of(), Rows.of("select number from kernel.secret where name = ?", name));
        application.run(Sql.class, bean -> bean.update(adding, name, (short) 1, new byte[32]));
        assertEquals(List.of("1"), Rows.of("select number from kernel.secret where name = ?", name));
    }
}
