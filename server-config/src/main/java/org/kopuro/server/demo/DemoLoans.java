package org.kopuro.server.demo;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.client.Identifier;

/**
 * A bank that lends, its people, whoever watches it, and borrowers.
 *
 * <p>It is connected as every participant is. Its accreditations are written over the owner's connection: one is given by the programme's own regulator, of which there are seven, while an account is of
 * one: the demo's is of the Ministry of Economic Development, whose four programmes are 279, 422, 469 and 696.
 */
public final class DemoLoans {

    static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");

    private static final Identifier LENDER = new Identifier("central-server", "COM", "60009997", "demo-lending-service");

    /** The procedures that programmes ask for, each with its service. */
    private static final Map<String, String> SERVICES = Map.of("RU-1221", "lendingMonitoring", "RU-422-696", "lendingPlatform");
    /** In a zone that RU-1221 hears; nothing is sent there. */
    private static final String SENDER = "lending@demo-bank.example.ru";

    /** To what ships, at once: which programmes are added later, and what is ended, is the regulators'. */
    private static final String ACCREDIT = """
            insert into loans.accreditation (id, contour, bank_id, programme, first_day, reason, given_at, given_by, giver_role)
            select gen_random_uuid(), 'TEST', ?::uuid, p.code, date '2016-12-29', 'of the demo', ?::timestamptz, a.id, 'REGULATOR'
              from loans.programme p cross join accounts.account a
             where a.login = ? and a.demo and not exists (select from loans.accreditation o where o.bank_id = ?::uuid and o.contour = 'TEST')""";
    private static final String ASSIGN = """
            insert into loans.regulator_account (id, regulator_code, account_id, contour, added_at, added_by, adder_role)
            select gen_random_uuid(), 'MINEC', a.id, a.contour, ?::timestamptz, o.id, 'OPERATOR'
              from accounts.account a cross join accounts.account o
             where a.login = ? and a.demo and o.login = ? and not exists (select from loans.regulator_account r where r.account_id = a.id)""";

    private final DemoFolder folder;
    private final Path keys;
    private final Clock clock;

    public DemoLoans(DemoFolder folder, Path keys, Clock clock) {
        this.folder = folder;
        this.keys = keys;
        this.clock = clock;
    }

    /** @param owner in auto-commit mode; the passwords of those who may use it, by login */
    public Map<String, String> arrange(Connection owner, URI baseUrl, Map<String, String> passwords) throws SQLException, IOException, InterruptedException {
        new DemoBorrowers(owner, keys).fill();
        HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        Api operator = new Api(client, baseUrl, DemoAccounts.OPERATOR, passwords.get(DemoAccounts.OPERATOR));
        DemoParticipant lender = new DemoParticipant(operator, LENDER);
        JsonObject participant = lender.present("Демо банк, кредитующий", Json.createObjectBuilder().add("russianInn", DemoBorrowers.BANK_INN).add("ogrn", DemoBorrowers.BANK_OGRN).build());
        connect(operator, participant.getString("id"), lender.subsystem(participant, "Демо кредитование"));
        UUID bank = UUID.fromString(participant.getString("id"));
        Map<String, String> people = new DemoAccounts(folder, clock).putLoans(owner, bank);
        admit(owner, bank);
        DemoFolder.writePrivately(folder.loan(), loan());
        return people;
    }

    /** A connection of any state is left as it is. */
    private void connect(Api operator, String bank, String subsystem) throws IOException, InterruptedException {
        Set<String> known = operator.get("access/connections?participant=" + bank).getJsonArray("connections").getValuesAs(JsonObject.class).stream()
                .map(connection -> connection.getString("procedure")).collect(Collectors.toSet());
        for (Map.Entry<String, String> service : SERVICES.entrySet()) {
            if (!known.contains(service.getKey())) {
                DemoRequest request = new DemoRequest(operator, clock, service.getKey(), SENDER);
                request.connect(bank, subsystem, List.of(service.getValue()), request.form());
            }
        }
    }

    private void admit(Connection owner, UUID bank) throws SQLException {
        OffsetDateTime at = clock.instant().atOffset(ZoneOffset.UTC);
        owner.setAutoCommit(false);
        try {
            run(owner, ACCREDIT, bank, at, DemoAccounts.REGULATOR, bank);
            run(owner, ASSIGN, at, DemoAccounts.REGULATOR, DemoAccounts.OPERATOR);
            owner.commit();
        } finally {
            // Of what was committed there is nothing left to take back.
            owner.rollback();
            owner.setAutoCommit(true);
        }
    }

    private static void run(Connection owner, String statement, Object... values) throws SQLException {
        try (PreparedStatement sql = owner.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                sql.setObject(i + 1, values[i]);
            }
            sql.executeUpdate();
        }
    }

    /** Under the second stage of 279, from when on it counts by SNILS, for as much as its borrower may have: the worked example of LOAN-85. */
    private static String loan() {
        return """
                {
                  "programme": "279",
                  "borrowerKind": "LEGAL_ENTITY",
                  "inn": "%s",
                  "applicationNumber": "DEMO-1",
                  "appliedAt": "2021-11-22T10:00:00+03:00",
                  "requested": "15350400.00"
                }
                """.formatted(DemoBorrowers.EXAMPLE_INN);
    }
}
