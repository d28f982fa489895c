package org.kopuro.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A server with the contour PRODUCTION, its database, and accounts on it that sign in with one iteration: signing in is not what is measured. */
final class LoanBench {

    private static final String PASSWORD = "a password of a measurement";

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Server server;

    private LoanBench(Server server) {
        this.server = server;
    }

    static LoanBench start(Path root, String name) throws IOException, InterruptedException {
        Server server = Server.start(root, root.resolve("bench/target/work").resolve(name + "-" + System.nanoTime()), Map.of("KOPURO_CONTOURS", "PRODUCTION"));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        return new LoanBench(server);
    }

    Server server() {
        return server;
    }

    HttpClient client() {
        return client;
    }

    HttpRequest.Builder request(String login, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/" + path)).header("Authorization",
                "Basic " + Base64.getEncoder().encodeToString((login + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
    }

    Connection owner() throws SQLException, IOException {
        return DriverManager.getConnection(address(), "kopuro_owner", ownerPassword());
    }

    String address() throws IOException {
        return "jdbc:postgresql://127.0.0.1:" + server.postgresPort() + "/kopuro";
    }

    String ownerPassword() throws IOException {
        return server.password("kopuro_owner");
    }

    void execute(String sql) throws SQLException, IOException {
        try (Connection owner = owner(); Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException, IOException {
        try (Connection owner = owner(); Statement statement = owner.createStatement(); var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    static String script(String name) throws IOException {
        try (InputStream in = LoanBench.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @param bank empty text for an official */
    void account(String login, String role, String bank) throws SQLException, IOException, GeneralSecurityException {
        byte[] salt = new byte[16];
        byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, 1, 256)).getEncoded();
        try (Connection owner = owner(); var statement = owner.prepareStatement("insert into accounts.account (id, login, contour, role, full_name, participant_id, password_hash, demo, created_at)"
                + " values (gen_random_uuid(), ?, 'PRODUCTION', ?, 'A Person', ?, ?, false, now())")) {
            statement.setString(1, login);
            statement.setString(2, role);
            statement.setObject(3, bank.isEmpty() ? null : UUID.fromString(bank));
            statement.setString(4, "PBKDF2WithHmacSHA512:1:" + Base64.getEncoder().encodeToString(salt) + ":" + Base64.getEncoder().encodeToString(hash));
            statement.executeUpdate();
        }
    }

    /** Until the tree has what was recorded, so that no way pays for another one's entries. */
    void rest() throws SQLException, IOException, InterruptedException {
        while (number("select count(*) from (select from ledger.entry e where not exists (select from ledger.leaf where entry_id = e.id) limit 1) e") > 0) {
            Thread.sleep(100);
        }
    }

    static String circumstances() throws IOException {
        String processor;
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            processor = lines.filter(line -> line.startsWith("model name")).findFirst().map(line -> line.split(":")[1].strip()).orElse("");
        }
        return "machine: " + Runtime.getRuntime().availableProcessors() + " × " + processor + ", Linux " + System.getProperty("os.version") + ", load of a minute at the beginning "
                + Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }
}
