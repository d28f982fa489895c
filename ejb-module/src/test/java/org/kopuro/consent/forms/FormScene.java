package org.kopuro.consent.forms;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestIssuer;

/** A scene whose participant transfers forms; a test says what is different about one. */
public final class FormScene {

    public static final String SERVICE = "headcount";
    static final String VERSION = "1";
    /** As the register of tests knows every taxpayer. */
    public static final String NAME = "Сыноо";

    public final Scene scene;
    final Actor system;

    public FormScene() {
        this(Contour.TEST);
    }

    public FormScene(Contour contour) {
        scene = new Scene(contour, new TestApplication("TEST,PRODUCTION", Scene.NOON, Map.of("kopuro.consent.issuers", TestIssuer.FOLDER.toString())));
        system = Actor.ofSubsystem(scene.subsystem.id().value());
        scene.application.run(FormVersions.class, versions -> versions.name(scene.participant.id(), contour, Optional.of(Scene.PROCEDURE), VERSION,
                Map.of(Language.EN, "0".repeat(64)), Scene.OFFICIAL));
    }

    /** What is declared and sent; each of the methods gives one that differs in one thing. */
    public record Sent(String number, String inn, String name, Optional<Representative> representative, List<String> services, LocalDate signedOn, Optional<LocalDate> lastDay, String version,
            Signing signing, byte[] file, Optional<byte[]> signature, String declaredSha256) {

        Sent number(String other) {
            return new Sent(other, inn, name, representative, services, signedOn, lastDay, version, signing, file, signature, declaredSha256);
        }

        public Sent about(String otherInn, String otherName) {
            return new Sent(number, otherInn, otherName, representative, services, signedOn, lastDay, version, signing, file, signature, declaredSha256);
        }

        public Sent by(Representative other) {
            return new Sent(number, inn, name, Optional.of(other), services, signedOn, lastDay, version, signing, file, signature, declaredSha256);
        }

        public Sent services(String... others) {
            return new Sent(number, inn, name, representative, List.of(others), signedOn, lastDay, version, signing, file, signature, declaredSha256);
        }

        Sent dated(LocalDate signed, LocalDate last) {
            return new Sent(number, inn, name, representative, services, signed, Optional.ofNullable(last), version, signing, file, signature, declaredSha256);
        }

        Sent version(String other) {
            return new Sent(number, inn, name, representative, services, signedOn, lastDay, other, signing, file, signature, declaredSha256);
        }

        Sent detached(byte[] cms) {
            return new Sent(number, inn, name, representative, services, signedOn, lastDay, version, Signing.CMS_DETACHED, file, Optional.ofNullable(cms), declaredSha256);
        }

        Sent embedded(byte[] cms) {
            return new Sent(number, inn, name, representative, services, signedOn, lastDay, version, Signing.CMS_EMBEDDED, cms, Optional.empty(), sha256(cms));
        }

        /** {@code null} is none. */
        Sent file(byte[] other) {
            return new Sent(number, inn, name, representative, services, signedOn, lastDay, version, signing, other, signature, declaredSha256);
        }

        NewForm declared() {
            return new NewForm(number, Inn.of(inn, "taxpayer"), name, representative, NewForm.services(services), signedOn, lastDay, version, signing,
                    signing == Signing.CMS_EMBEDDED ? "form.xml.p7m" : "form.xml", declaredSha256);
        }
    }

    /** Of the scene's taxpayer, signed by hand today, without an end, with a file that nobody else sends. */
    public Sent aForm() {
        byte[] file = ("<consent xmlns='urn:example:consent'>" + UUID.randomUUID() + "</consent>").getBytes(StandardCharsets.UTF_8);
        return new Sent(UUID.randomUUID().toString(), scene.inn.digits(), NAME, Optional.empty(), List.of(SERVICE), scene.today(), Optional.empty(), VERSION, Signing.HANDWRITTEN, file,
                Optional.empty(), sha256(file));
    }

    public TransferResult transfer(Sent sent) {
        NewForm form = sent.declared();
        try (Upload file = sent.file() == null ? null : Upload.receive(form.fileName(), new ByteArrayInputStream(sent.file()), form.signing().fileLimits(10));
                Upload signature = sent.signature().isEmpty() ? null : Upload.receive("form.p7s", new ByteArrayInputStream(sent.signature().get()), Signing.SIGNATURE_LIMITS)) {
            return scene.application.with(Forms.class, forms -> forms.transfer(scene.participant.id(), scene.subsystem.id(), scene.contour, form, Optional.ofNullable(file),
                    Optional.ofNullable(signature), system));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signed by hand; its transaction is left open. */
    TestApplication.Open<TransferResult> begin(Sent sent) {
        try (Upload file = Upload.receive("form.xml", new ByteArrayInputStream(sent.file()), sent.signing().fileLimits(10))) {
            return scene.application.begin(Forms.class, forms -> forms.transfer(scene.participant.id(), scene.subsystem.id(), scene.contour, sent.declared(), Optional.of(file),
                    Optional.empty(), system));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FormView registered(Sent sent) {
        TransferResult result = transfer(sent);
        if (result.result() != FormResult.REGISTERED) {
            throw new AssertionError(result.result() + " " + result.problem());
        }
        return result.form();
    }

    /** The same as the participant reads it now. */
    FormView read(FormView form) {
        return scene.application.with(Forms.class, forms -> forms.ofNumber(scene.participant.id(), scene.contour, form.number()));
    }

    public Answer<?> ask() {
        return ask(null);
    }

    Answer<?> ask(String token) {
        return scene.application.with(TaxServices.class, services -> services.headcount(scene.call(SERVICE, token), scene.inn.digits(), "2026-01", "2026-02"));
    }

    void look() {
        scene.application.run(FormDates.class, FormDates::look);
    }

    static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
