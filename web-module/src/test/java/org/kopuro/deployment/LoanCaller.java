package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.LoanScene;
import org.kopuro.testing.TestAccounts;
import org.kopuro.testing.TestProgrammes;

/** Somebody's program that speaks of loans; whatever is said either way is held against the description. */
record LoanCaller(String login) {

    static final String LOANS = "/api/v1/loans";
    private static final Path SAMPLES = Path.of("../docs/protocols/loans");

    /** An account of a new bank's, connected and accredited. */
    static LoanCaller ofANewBank(String... programmes) {
        return of(Role.BANK_OPERATOR, LoanScene.aBank(Participants.APPLICATION, Contour.TEST, programmes));
    }

    static LoanCaller of(Role role, UUID bank) {
        return new LoanCaller(TestAccounts.make(role, Contour.TEST, Optional.empty(), Optional.of(bank)));
    }

    static LoanCaller official(Role role) {
        return new LoanCaller(TestAccounts.make(role, Contour.TEST, Optional.empty(), Optional.empty()));
    }

    /** Of the people who watch the body's programmes. */
    static LoanCaller watching(String regulator) {
        LoanCaller watcher = official(Role.REGULATOR);
        RestApi.created(official(Role.OPERATOR).post("/api/v1/programmes/regulators/" + regulator + "/accounts", "{\"login\":\"" + watcher.login + "\"}"));
        return watcher;
    }

    /** A programme of a test's own, with a body of its own that watches it. */
    record Watched(String programme, String regulator) {

        static Watched flagging() {
            String regulator = TestProgrammes.regulator();
            return new Watched(TestProgrammes.programme("FLAG", false, regulator), regulator);
        }
    }

    /** A borrower's number that the registers know. */
    static String aBorrower() {
        String inn = LoanScene.inn();
        LoanScene.known(Contour.TEST, inn, "ООО «Ромашка»");
        return inn;
    }

    /** A file of the documentation's. */
    static String sample(String name) {
        try {
            return Files.readString(SAMPLES.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String application(String programme, String inn) {
        return sample("application").replace("1528", programme).replace("7707083893", inn).replace("A-2026-17", UUID.randomUUID().toString());
    }

    /** An answer, and the version of the card where there is one. */
    record Answer(Server.Response response, String etag) {

        JsonObject ok() {
            return RestApi.ok(response);
        }

        JsonObject created() {
            return RestApi.created(response);
        }

        void refused(int status, String code, String field) {
            RestApi.assertProblem(status, code, field, response);
        }
    }

    Answer enter(String key, String body) {
        return send("POST", LOANS, body, key == null ? Map.of() : Map.of("Idempotency-Key", key));
    }

    /** A new application; its card. */
    JsonObject entered(String programme, String inn) {
        return enter(UUID.randomUUID().toString(), application(programme, inn)).created();
    }

    /** What happens to a loan, by whoever read that version of it. */
    Answer change(JsonObject card, String event, String body) {
        return change(card.getString("id"), card.getInt("version"), event, body);
    }

    Answer change(String loan, int version, String event, String body) {
        return send("POST", LOANS + "/" + loan + "/" + event, body, Map.of("If-Match", "\"" + version + "\""));
    }

    JsonObject read(String address) {
        return send("GET", address, null, Map.of()).ok();
    }

    Server.Response get(String address) {
        return send("GET", address, null, Map.of()).response();
    }

    Server.Response post(String address, String body) {
        return send("POST", address, body, Map.of()).response();
    }

    Answer send(String method, String address, String body, Map<String, String> headers) {
        HttpResponse<byte[]> response = http(method, address, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
        LoanDescription.shipped().assertDescribes(method, address, body, response);
        return new Answer(Server.Response.of(response), response.headers().firstValue("ETag").orElse(""));
    }

    HttpResponse<byte[]> http(String method, String address, byte[] body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(Map.of("Content-Type", "application/json", "Accept-Language", "en",
                "Authorization", "Basic " + Base64.getEncoder().encodeToString((login + ":" + TestAccounts.PASSWORD).getBytes(StandardCharsets.UTF_8))));
        all.putAll(headers);
        return Server.http(method, address, body, all);
    }

    static void assertSame(JsonObject expected, JsonObject actual, String... fields) {
        for (String field : fields) {
            assertEquals(expected.get(field), actual.get(field), field);
        }
    }

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
