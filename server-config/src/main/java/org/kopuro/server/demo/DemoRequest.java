package org.kopuro.server.demo;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/**
 * The way by which every participant is connected to TEST: a letter, the checklist, the grant.
 *
 * @param procedure the code
 * @param sender    of the letter, from a zone that the procedure hears
 */
record DemoRequest(Api operator, Clock clock, String procedure, String sender) {

    private static final String ANSWERS = "integration@bank.example";

    /** @param stated what else this procedure's letter says */
    void connect(String participant, String subsystem, List<String> services, JsonObject stated) throws IOException, InterruptedException {
        JsonArrayBuilder wanted = Json.createArrayBuilder();
        services.forEach(service -> wanted.add(Json.createObjectBuilder().add("subsystem", subsystem).add("service", service).add("purpose", "Демо: проба сервисов.")));
        JsonObjectBuilder wish = Json.createObjectBuilder(stated).add("kind", "CONNECT").add("participant", participant).add("procedure", procedure)
                .add("letter", Json.createObjectBuilder().add("sender", sender).add("subject", "Demo").add("receivedAt", clock.instant().toString()))
                .add("answerEmail", ANSWERS).add("body", "Demo").add("services", wanted)
                .add("contacts", Json.createArrayBuilder().add(Json.createObjectBuilder().add("fullName", "Демо Контакт").add("unit", "IT").add("post", "Engineer")
                        .add("email", ANSWERS).add("phone", "+996 312 000000")));
        String path = "access/requests/" + operator.post("access/requests", wish.build()).getString("id");
        operator.post(path + "/events", Json.createObjectBuilder().add("event", "CONFIRM").build());
        for (JsonObject item : operator.get(path).getJsonArray("checklist").getValuesAs(JsonObject.class)) {
            operator.post(path + "/checks", Json.createObjectBuilder().add("item", item.getString("code")).add("ticked", true).add("note", "Demo").build());
        }
        operator.post(path + "/events", Json.createObjectBuilder().add("event", "GRANT").add("reason", "Demo").build());
    }

    /** What the form of a procedure that connects under decrees wants besides, by its version of the day: the decrees, where it names them, and that it was read. */
    JsonObject form() throws IOException, InterruptedException {
        String today = clock.instant().atZone(DemoLoans.MOSCOW).toLocalDate().toString();
        JsonObject version = operator.get("procedures/" + procedure).getJsonArray("versions").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("validFrom").compareTo(today) <= 0 && one.getString("validTo", today).compareTo(today) >= 0).findFirst()
                .orElseThrow(() -> new IOException("no version of procedure " + procedure + " is in force on " + today));
        JsonArrayBuilder confirmations = Json.createArrayBuilder();
        version.getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(item -> item.getString("kind").equals("CONNECT") && item.getString("contour").equals("TEST") && item.getString("side").equals("CONFIRMATION"))
                .forEach(item -> confirmations.add(item.getString("code")));
        JsonObjectBuilder form = Json.createObjectBuilder().add("confirmations", confirmations).add("confirmedVersion", version.getInt("version"));
        if (!version.getJsonArray("decrees").isEmpty()) {
            JsonArrayBuilder decrees = Json.createArrayBuilder();
            version.getJsonArray("decrees").getValuesAs(JsonObject.class).forEach(decree -> decrees.add(decree.getString("code")));
            form.add("decrees", decrees).add("action", "CONNECT");
        }
        return form.build();
    }
}
