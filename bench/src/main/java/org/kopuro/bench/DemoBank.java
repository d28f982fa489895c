package org.kopuro.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The demo's bank, given the keys of one run and consent tokens, over the application's own interface. */
final class DemoBank {

    static final String SUBSYSTEM = "central-server/COM/60009999/demo-bank-service";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server;
    private final Map<String, String> passwords = new HashMap<>();

    DemoBank(Server server) throws IOException {
        this.server = server;
        for (String line : Files.readAllLines(server.var().resolve("demo/accounts.txt"))) {
            String[] words = line.strip().split("\\s+");
            passwords.put(words[0], words[1]);
        }
    }

    void register(Identity identity) throws IOException, InterruptedException {
        String subsystem = call("operator", "admin/participants?limit=200", null).getJsonArray("participants").getValuesAs(JsonObject.class).stream()
                .filter(participant -> participant.getString("memberCode").equals("60009999")).findFirst().orElseThrow()
                .getJsonArray("subsystems").getJsonObject(0).getString("id");
        call("operator", "admin/subsystems/" + subsystem + "/certificates", Json.createObjectBuilder().add("pem", identity.pem()).add("purpose", "SIGNING")
                .add("reason", "of a measurement").build());
        // A default without numbers: no limit, in place of the one that ships.
        call("operator", "access/thresholds", Json.createObjectBuilder().add("service", "tpDataByINN").add("reason", "of a measurement").build());
    }

    /** Many, because one token for all calls would be one locked row. */
    List<String> tokens(int count) throws IOException, InterruptedException {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tokens.add(token().text());
        }
        return tokens;
    }

    record Token(String id, String text) {
    }

    Token token() throws IOException, InterruptedException {
        JsonObject text = call("taxpayer", "tokens/text?language=RU", null);
        JsonObject issued = call("taxpayer", "tokens", Json.createObjectBuilder().add("subsystem", SUBSYSTEM)
                .add("lastDay", LocalDate.now(ZoneOffset.UTC).plusDays(30).toString()).add("services", Json.createArrayBuilder().add("tpDataByINN"))
                .add("language", "RU").add("textVersion", text.getString("version")).add("textSha256", text.getString("sha256")).build());
        return new Token(issued.getString("id"), issued.getString("token"));
    }

    void look(Token token) throws IOException, InterruptedException {
        call("taxpayer", "tokens/" + token.id(), null);
    }

    /** @param event as the address says it */
    void change(Token token, String event) throws IOException, InterruptedException {
        call("taxpayer", "tokens/" + token.id() + "/" + event, JsonObject.EMPTY_JSON_OBJECT);
    }

    /** The taxpayer of the demo's first call. */
    String inn() throws IOException {
        String sample = Files.readString(Path.of(server.var().toString(), "demo/app/tpDataByINN.xml"));
        return sample.replaceAll("(?s).*<prod:inn>(\\d+)</prod:inn>.*", "$1");
    }

    private JsonObject call(String login, String path, JsonObject body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/" + path))
                .header("Accept", "application/json").header("Content-Type", "application/json").header("Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((login + ":" + passwords.get(login)).getBytes(StandardCharsets.UTF_8)));
        HttpResponse<String> told = client.send(body == null ? request.build() : request.POST(BodyPublishers.ofString(body.toString())).build(),
                HttpResponse.BodyHandlers.ofString());
        if (told.statusCode() >= 300) {
            throw new IOException(path + " answered " + told.statusCode() + " " + told.body());
        }
        try (var reader = Json.createReader(new StringReader(told.body()))) {
            return reader.readObject();
        }
    }
}
