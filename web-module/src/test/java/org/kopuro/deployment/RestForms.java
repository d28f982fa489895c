package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
import org.kopuro.testing.TestCertificates;

/**
 * The requests in {@code exchange/rest-messages}, as {@link MessageForms}: one folder a case, adding a folder adds a test. {@code sign.…} says what is different
 * about the signature, {@code then.…} what is changed after it; {@code error.…} is a Security Server's error, {@code own} the service's.
 */
interface RestForms {

    Path REST_CASES = Path.of("src/test/resources/exchange/rest-messages");

    static Stream<Arguments> restCases() throws IOException {
        try (Stream<Path> folders = Files.list(REST_CASES)) {
            return folders.sorted().toList().stream().flatMap(folder ->
                    Stream.of(FaultDialect.values()).map(dialect -> Arguments.of(folder.getFileName().toString(), dialect)));
        }
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("restCases")
    default void areAnsweredAsXRoadDoesOverRest(String name, FaultDialect dialect) throws IOException {
        Path folder = REST_CASES.resolve(name);
        Properties expected = new Properties();
        try (Reader in = Files.newBufferedReader(folder.resolve("case.properties"))) {
            expected.load(in);
        }
        assertTrue(Files.readString(folder.resolve("README.md")).length() > 5, "README.md says which rule the case is about");
        Optional<Applicants> applicant = expected.containsKey("stands") ? Optional.of(Applicants.of(expected, dialect)) : Optional.empty();
        Scene scene = applicant.map(own -> own.scene).orElseGet(() -> Participants.speaking(dialect));
        RestText request = RestText.of(filled(Files.readString(folder.resolve("request.txt")), applicant, scene));
        if (Boolean.parseBoolean(expected.getProperty("signed"))) {
            sign(request, expected, expected.containsKey("as-member") ? Participants.asMember(dialect)
                    : expected.containsKey("as-bare-subsystem") ? Participants.asBareSubsystem(dialect) : applicant.map(own -> own.identity).orElse(scene.identity));
        }
        String disabled = expected.getProperty("disable");
        if (disabled != null) {
            RegisterRows.run("update access.service set enabled = false, disabled_notice = 'works until noon' where code = ?", disabled);
        }
        Runnable undo = GateScene.prepared(expected, scene, request.headers.get("X-Road-Id"));
        try {
            assertAnswer(expected, dialect, applicant, scene, request, request.send());
        } finally {
            undo.run();
            if (disabled != null) {
                RegisterRows.run("update access.service set enabled = true, disabled_notice = null where code = ?", disabled);
            }
        }
    }

    private static String filled(String text, Optional<Applicants> applicant, Scene scene) {
        return applicant.map(own -> own.filled(text)).orElse(text).replace("${member}", scene.participant.memberCode()).replace("${inn}", scene.inn.digits())
                .replace("${id}", UUID.randomUUID().toString());
    }

    private static void sign(RestText request, Properties how, TestCertificates.Identity identity) {
        Instant now = Instant.now();
        Optional.ofNullable(how.getProperty("sign.algorithm")).ifPresent(request::algorithm);
        Optional.ofNullable(how.getProperty("sign.digest")).ifPresent(request::digest);
        Optional.ofNullable(how.getProperty("sign.created")).map(Long::valueOf).map(now::plusSeconds).ifPresent(request::created);
        Optional.ofNullable(how.getProperty("sign.expires")).map(Long::valueOf).map(now::plusSeconds).ifPresent(request::expires);
        Optional.ofNullable(how.getProperty("sign.without")).ifPresent(request::without);
        Optional.ofNullable(how.getProperty("sign.with")).ifPresent(request::with);
        Optional.ofNullable(how.getProperty("sign.keyid")).ifPresent(request::keyId);
        Optional.ofNullable(how.getProperty("sign.parameters")).ifPresent(request::parameters);
        if (how.containsKey("sign.target")) {
            request.coveringTheTarget();
        }
        request.signedBy(identity);
        for (String name : how.stringPropertyNames()) {
            if (name.startsWith("then.")) {
                change(request, name.substring("then.".length()), how.getProperty(name));
            }
        }
    }

    private static void change(RestText request, String what, String value) {
        switch (what) {
            case "body" -> request.body = value.getBytes(StandardCharsets.UTF_8);
            case "alg" -> request.headers.computeIfPresent("Signature-Input", (name, text) -> text.replaceFirst("alg=\"[^\"]*\"", "alg=\"" + value + "\""));
            case "second" -> {
                request.headers.computeIfPresent("Signature-Input", (name, text) -> text + ", sig2=(\"@method\");created=1");
                request.headers.computeIfPresent("Signature", (name, text) -> text + ", sig2=:AAAA:");
            }
            case "unsigned" -> request.headers.remove("Signature");
            default -> request.headers.put(what, value);
        }
    }

    private static void assertAnswer(Properties expected, FaultDialect dialect, Optional<Applicants> applicant, Scene scene, RestText sent, RestAnswer answer) {
        boolean direct = sent.target.startsWith("/r1/");
        assertEquals(expected.getProperty("status"), String.valueOf(answer.status()), answer::text);
        assertEquals("application/json", answer.header("Content-Type"), answer::text);
        expected.stringPropertyNames().stream().filter(name -> name.startsWith("value.")).forEach(name ->
                assertEquals(filled(expected.getProperty(name), applicant, scene), answer.value(name.substring("value.".length())), answer::text));
        expected.stringPropertyNames().stream().filter(name -> name.startsWith("header.")).forEach(name ->
                assertEquals(expected.getProperty(name), answer.header(name.substring("header.".length())), answer::text));
        GateScene.assertHolds(expected, answer.text());
        boolean unknown = expected.containsKey("dialect-unknown");
        FaultDialect spelling = unknown ? FaultDialect.CAMEL_CASE : dialect;
        String error = expected.getProperty("error." + spelling, "");
        assertEquals(direct ? error : "", answer.header("X-Road-Error"), answer::text);
        if (answer.status() == 200 || expected.containsKey("own")) {
            assertEquals(direct ? sent.headers.getOrDefault("X-Road-Client", "") : "", answer.header("X-Road-Client"), answer::text);
            assertEquals(direct ? sent.target.replaceFirst("/r1/", "").replaceFirst("\\?.*", "") : "", answer.header("X-Road-Service"), answer::text);
            assertEquals(direct ? answer.header("Kopuro-Ledger-Entry") : "", answer.header("X-Road-Request-Id"), answer::text);
            assertTrue(answer.header("Kopuro-Ledger-Entry").matches("[0-9a-f-]{36}"), answer::text);
            if (sent.headers.containsKey("X-Road-Id")) {
                assertEquals(direct ? sent.headers.get("X-Road-Id") : "", answer.header("X-Road-Id"), answer::text);
                answer.assertSignedByTheServer();
            }
        }
        if (answer.status() != 200) {
            assertEquals(expected.getProperty("own", error), answer.value("type"), answer::text);
            assertTrue(answer.value("detail").matches("[0-9a-f-]{36}"), answer::text);
            assertFalse(answer.value("message").isEmpty(), answer::text);
            assertEquals(expected.getProperty("code", expected.getProperty("own")), answer.value("code"), answer::text);
            assertFalse(answer.value("explanation.2.whatToDo").isEmpty(), answer::text);
            if (expected.containsKey("field")) {
                assertEquals(expected.getProperty("field"), answer.value("field"), answer::text);
            }
        }
    }
}
