package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.participants.FaultDialect;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Scene;

/**
 * The messages in {@code exchange/messages}: one folder a case, sent by a participant of either spelling of fault codes. Adding a
 * folder adds a test. {@code README.md} says which rule the case is about, {@code case.properties} how it is sent and answered. A case that says where its sender
 * {@code stands} has a participant of its own ({@link Applicants}).
 */
interface MessageForms {

    Path CASES = Path.of("src/test/resources/exchange/messages");

    static Stream<Arguments> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList().stream().flatMap(folder ->
                    Stream.of(FaultDialect.values()).map(dialect -> Arguments.of(folder.getFileName().toString(), dialect)));
        }
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("cases")
    default void areAnsweredAsXRoadDoes(String name, FaultDialect dialect) throws IOException {
        Path folder = CASES.resolve(name);
        Properties expected = new Properties();
        try (Reader in = Files.newBufferedReader(folder.resolve("case.properties"))) {
            expected.load(in);
        }
        assertTrue(Files.readString(folder.resolve("README.md")).length() > 10, "README.md says which rule the case is about");
        Optional<Applicants> applicant = expected.containsKey("stands") ? Optional.of(Applicants.of(expected, dialect)) : Optional.empty();
        Scene scene = applicant.map(own -> own.scene).orElseGet(() -> Participants.speaking(dialect));
        String id = UUID.randomUUID().toString();
        String request = Files.readString(folder.resolve("request.txt"));
        SoapText message = SoapText.of(applicant.map(own -> own.filled(request)).orElse(request).replace("${member}", scene.participant.memberCode())
                .replace("${inn}", scene.inn.digits()).replace("${id}", id));
        if (Boolean.parseBoolean(expected.getProperty("signed"))) {
            message.signedBy(expected.containsKey("as-member") ? Participants.asMember(dialect)
                    : expected.containsKey("as-bare-subsystem") ? Participants.asBareSubsystem(dialect) : applicant.map(own -> own.identity).orElse(scene.identity));
        }
        String disabled = expected.getProperty("disable");
        if (disabled != null) {
            RegisterRows.run("update access.service set enabled = false, disabled_notice = 'works until noon' where code = ?", disabled);
        }
        Runnable undo = GateScene.prepared(expected, scene, id);
        String outage = expected.containsKey("outage") ? beginOutage(expected.getProperty("outage")) : null;
        try {
            assertAnswer(expected, dialect, applicant, message, send(expected, message.text()));
        } finally {
            undo.run();
            if (outage != null) {
                RegisterRows.run("""
                        insert into access.announcement_end (announcement_id, event, at, reason, actor, actor_role)
                        select id, 'ENDED', starts_at, 'in a test', actor, actor_role from access.announcement where id = ?::uuid""", outage);
            }
            if (disabled != null) {
                RegisterRows.run("update access.service set enabled = true, disabled_notice = null where code = ?", disabled);
            }
        }
    }

    private static String beginOutage(String service) {
        String id = UUID.randomUUID().toString();
        RegisterRows.run("""
                insert into access.announcement (id, kind, contour, procedure_code, version, starts_at, ends_at, text, emergency_reason, published_at, actor, actor_role)
                values (?::uuid, 'OUTAGE', 'TEST', 'KG-147', 1, now() - interval '1 hour', now() + interval '1 hour', 'in a test', 'in a test', now(), gen_random_uuid(), 'OPERATOR')""", id);
        RegisterRows.run("""
                insert into access.announcement_service (announcement_id, kind, contour, procedure_code, service_code, during)
                select id, kind, contour, procedure_code, ?, tstzrange(starts_at, ends_at) from access.announcement where id = ?::uuid""", service, id);
        return id;
    }

    private static Server.Response send(Properties expected, String text) {
        Map<String, String> headers = new HashMap<>();
        String contentType = expected.getProperty("content-type", "text/xml; charset=UTF-8");
        if (!contentType.equals("-")) {
            headers.put("Content-Type", contentType);
        }
        if (expected.containsKey("soap-action")) {
            headers.put("SOAPAction", expected.getProperty("soap-action"));
        }
        String method = expected.getProperty("method", "POST");
        return Server.send(method, "/soap/" + expected.getProperty("endpoint", "tax/v1"), method.equals("GET") ? null : text.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static void assertAnswer(Properties expected, FaultDialect dialect, Optional<Applicants> applicant, SoapText sent, Server.Response response) {
        SoapAnswer answer = SoapAnswer.of(response);
        if (expected.containsKey("answer")) {
            assertEquals(200, response.status(), response::text);
            assertEquals(expected.getProperty("answer"), answer.payload().getLocalName(), response::text);
            answer.assertSignedByTheServer();
            answer.assertRepeatsHeaderOf(sent.text());
            answer.assertFitsTheSchema();
            assertEquals(expected.getProperty("refused", ""), answer.value("faultCode"), response::text);
            expected.stringPropertyNames().stream().filter(name -> name.startsWith("value.")).forEach(name ->
                    assertEquals(applicant.map(own -> own.filled(expected.getProperty(name))).orElse(expected.getProperty(name)), answer.value(name.substring("value.".length())), response::text));
            return;
        }
        // A sender that is not known, or not read yet, is answered in the default spelling.
        boolean unknown = expected.containsKey("dialect-unknown") || expected.containsKey("sender-unread");
        FaultDialect spelling = unknown ? FaultDialect.CAMEL_CASE : dialect;
        assertEquals(500, response.status(), response::text);
        assertEquals(expected.getProperty("faultcode." + spelling), answer.faultCode(), response::text);
        assertTrue(answer.occurrence().matches("[0-9a-f-]{36}"), response::text);
        if (expected.containsKey("code")) {
            assertEquals(expected.getProperty("code"), answer.refusalCode());
        }
        GateScene.assertHolds(expected, response.text());
    }
}
