package org.kopuro.server.demo;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import org.kopuro.client.Identifier;

/** A participant of the demo, registered by the operator where it is not there yet. */
record DemoParticipant(Api operator, Identifier identifier) {

    private static final String PAGE = "admin/participants?limit=200";

    /** @param numbers what it is registered under elsewhere, as far as it matters */
    JsonObject present(String name, JsonObject numbers) throws IOException, InterruptedException {
        String path = PAGE;
        while (true) {
            JsonObject page = operator.get(path);
            for (JsonObject each : page.getJsonArray("participants").getValuesAs(JsonObject.class)) {
                if (each.getString("instance").equals(identifier.instance()) && each.getString("memberClass").equals(identifier.memberClass())
                        && each.getString("memberCode").equals(identifier.memberCode())) {
                    return each;
                }
            }
            if (!page.containsKey("next")) {
                return register(name, numbers);
            }
            path = PAGE + "&after=" + page.getString("next");
        }
    }

    private JsonObject register(String name, JsonObject numbers) throws IOException, InterruptedException {
        JsonObjectBuilder registration = Json.createObjectBuilder(numbers)
                .add("instance", identifier.instance()).add("memberClass", identifier.memberClass()).add("memberCode", identifier.memberCode())
                .add("kind", "LEGAL_PERSON").add("fullName", name).add("noticeEmail", "notices@demo-bank.example")
                .add("language", "RU").add("faultDialect", "CAMEL_CASE")
                .add("contacts", Json.createArrayBuilder().add(Json.createObjectBuilder().add("fullName", "Демо Контакт").add("unit", "ИТ")
                        .add("post", "инженер").add("email", "engineer@demo-bank.example").add("phone", "+996 000 000000")));
        return operator.post("admin/participants", registration.build());
    }

    /** The id of its subsystem. */
    String subsystem(JsonObject participant, String name) throws IOException, InterruptedException {
        for (JsonObject subsystem : participant.getJsonArray("subsystems").getValuesAs(JsonObject.class)) {
            if (subsystem.getString("code").equals(identifier.subsystem())) {
                return subsystem.getString("id");
            }
        }
        return operator.post("admin/participants/" + participant.getString("id") + "/subsystems",
                Json.createObjectBuilder().add("code", identifier.subsystem()).add("name", name).build()).getString("id");
    }
}
