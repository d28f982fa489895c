package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestCertificates;

/** Clients that share no line with the server: what the documents show works as it stands there. */
interface OtherLanguages {

    Path PROGRAMS = Path.of("../docs/protocols/first-call");
    String PROGRAM = "attachments.mjs";

    @Test
    default void nodeCallsByRestTransfersAFormByMtomAndFetchesItBack(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(hasNode(folder), "Node 20.19 or newer with npm is needed to run " + PROGRAM);
        for (String name : List.of(PROGRAM, "package.json", "package-lock.json")) {
            Files.copy(PROGRAMS.resolve(name), folder.resolve(name));
        }
        assertEquals("0", run(folder, Map.of(), "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts").get(0), "the packages of package-lock.json could not be fetched");

        Scene scene = ConsentFormsOverSoap.aParticipantWithAForm();
        TestCertificates.Identity identity = TestCertificates.rsa(Instant.now());
        scene.addCertificate(scene.subsystem, Contour.TEST, identity);
        Files.createDirectories(folder.resolve("demo/app"));
        Files.createDirectories(folder.resolve("demo/server"));
        Files.writeString(folder.resolve("demo/app/key.pem"), pem("PRIVATE KEY", identity.keys().getPrivate().getEncoded()));
        Files.writeString(folder.resolve("demo/app/cert.pem"), pem("CERTIFICATE", identity.der()));
        Files.copy(TestApplication.KEYS.resolve("signing-rsa.cert.pem"), folder.resolve("demo/server/cert.pem"));
        byte[] form = new byte[200_000];
        Arrays.fill(form, (byte) ' ');
        byte[] head = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n".getBytes(StandardCharsets.US_ASCII);
        byte[] tail = "\r\n--\ntrailer\n<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, form, 0, head.length);
        System.arraycopy(tail, 0, form, form.length - tail.length, tail.length);
        Files.write(folder.resolve("form.pdf"), form);
        Map<String, String> environment = Map.of("KOPURO_DEMO", folder.resolve("demo").toString(), "KOPURO_BASE", Server.base().toString(),
                "KOPURO_MEMBER", scene.participant.memberCode(), "KOPURO_SUBSYSTEM", "app");

        List<String> told = run(folder, environment, "node", PROGRAM, scene.inn.digits(), "Сыноо", "1", "N-1", folder.resolve("form.pdf").toString());
        assertEquals(List.of("0", "FullName: Сыноо", "result: REGISTERED", "file: form.pdf, 200000 octets"), told);
        assertEquals("REGISTERED", ConsentFormsOverSoap.call(scene, "formStatus", "<c:number>N-1</c:number>").value("state"));
        List<String> refused = run(folder, environment, "node", PROGRAM, scene.inn.digits(), "Сыноо", "1", "N-2", folder.resolve("package.json").toString());
        assertEquals("1", refused.get(0));
        assertTrue(String.join("\n", refused).contains("DOCUMENT_EXTENSION"), () -> refused.toString());
    }

    private static boolean hasNode(Path folder) throws InterruptedException {
        try {
            List<String> version = run(folder, Map.of(), "node", "--version");
            String[] numbers = version.get(1).substring(1).split("\\.");
            return Integer.parseInt(numbers[0]) * 100 + Integer.parseInt(numbers[1]) >= 2019 && run(folder, Map.of(), "npm", "--version").get(0).equals("0");
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** The exit code, and the lines that were printed. */
    private static List<String> run(Path folder, Map<String, String> environment, String... words) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        List<String> lines = new java.util.ArrayList<>(List.of(String.valueOf(process.exitValue())));
        lines.addAll(Files.readAllLines(output));
        Files.delete(output);
        return lines;
    }

    private static String pem(String name, byte[] der) {
        return "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + name + "-----\n";
    }
}
