package org.kopuro.deployment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.duties.NewReport;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.access.duties.Reports;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.notices.Notices;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.FaultDialect;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

/**
 * Where a participant stands before its message: of its own for each case, because what it asks for stays. {@code case.properties} says it: {@code stands},
 * {@code contour}, {@code before} and {@code certificate}.
 */
final class Applicants {

    private static final Pattern MANY = Pattern.compile("\\$\\{(\\d+) (contacts|services|octets)}");
    private static final Actor PERSON = Actor.of(UUID.randomUUID(), "PARTICIPANT");

    final Scene scene;
    final TestCertificates.Identity identity;
    private Optional<UUID> before = Optional.empty();

    private Applicants(Scene scene, TestCertificates.Identity identity) {
        this.scene = scene;
        this.identity = identity;
    }

    static Applicants of(Properties situation, FaultDialect dialect) {
        // At the time of this test: what it finds was done a moment before.
        Participants.APPLICATION.clock().set(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS));
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        RegisterRows.run("update participants.participant set fault_dialect = ? where member_code = ?", dialect.name(), scene.participant.memberCode());
        switch (situation.getProperty("stands")) {
            case "connected" -> { }
            case "suspended" -> scene.apply(ConnectionEvent.SUSPEND);
            case "disconnected" -> scene.apply(ConnectionEvent.DISCONNECT);
            default -> throw new IllegalArgumentException(situation.getProperty("stands"));
        }
        Applicants applicant = new Applicants(scene, applicantsKey(scene, situation));
        String done = situation.getProperty("before");
        if (done != null) {
            applicant.before = Optional.of(applicant.happened(done));
        }
        return applicant;
    }

    /** In PRODUCTION the participant was never connected. */
    private static TestCertificates.Identity applicantsKey(Scene scene, Properties situation) {
        Contour contour = Contour.valueOf(situation.getProperty("contour", "TEST"));
        String certificate = situation.getProperty("certificate", "");
        if (certificate.equals("blocked")) {
            scene.application.run(org.kopuro.participants.Participants.class, participants ->
                    participants.apply(CertificateEvent.BLOCK, scene.certificate.thumbprint(), Contour.TEST, "in a test", Scene.OFFICIAL));
        }
        TestCertificates.Identity own = TestCertificates.elliptic(scene.application.clock().instant());
        if (certificate.equals("of-another-subsystem")) {
            scene.addCertificate(scene.addSubsystem("other"), contour, own);
            return own;
        }
        if (certificate.equals("unknown")) {
            return own;
        }
        // Of what was registered before, nothing outlives a disconnection.
        if (contour == Contour.PRODUCTION || situation.getProperty("stands").equals("disconnected")) {
            scene.addCertificate(scene.subsystem, contour, own);
            return own;
        }
        return scene.identity;
    }

    private UUID happened(String what) {
        Scene foreign = what.startsWith("foreign ") ? new Scene(Contour.TEST, Participants.APPLICATION) : scene;
        return switch (what.replace("foreign ", "")) {
            case "request" -> request(foreign).id().value();
            case "question" -> question(foreign).id().value();
            case "outage" -> outage(foreign);
            case "notice" -> notice(foreign);
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static RequestView request(Scene of) {
        return of.application.with(Requests.class, requests -> requests.submit(new NewRequest(RequestKind.CHANGE, of.participant.id(), Contour.TEST, Scene.PROCEDURE, Optional.empty(),
                "office@bank.example", "A change.", List.of(), List.of(), Set.of(), Optional.empty(), Optional.empty()), PERSON));
    }

    private static RequestView question(Scene of) {
        RequestView filed = request(of);
        of.application.run(Requests.class, requests -> requests.confirm(filed.id(), Contour.TEST, Scene.OFFICIAL));
        return of.application.with(Requests.class, requests -> requests.ask(filed.id(), Contour.TEST, "Which subsystem?", Scene.OFFICIAL));
    }

    private static UUID outage(Scene of) {
        Instant start = of.application.clock().instant().minus(Duration.ofHours(2));
        return of.application.with(Reports.class, reports -> reports.file(new NewReport(ReportKind.OUTAGE, of.participant.id(), Scene.PROCEDURE, Optional.empty(), Optional.empty(),
                Optional.of(start), Optional.empty(), "Power cut"), Contour.TEST, PERSON)).id().value();
    }

    /** A request that is asked about has been confirmed, and of both the applicant was told. */
    private static UUID notice(Scene of) {
        question(of);
        return of.application.with(Notices.class, notices -> notices.unread(of.participant.id().value(), Contour.TEST, 1)).get(0).id();
    }

    String filled(String text) {
        Instant now = scene.application.clock().instant();
        String filled = text.replace("${member}", scene.participant.memberCode()).replace("${before}", before.map(UUID::toString).orElse("")).replace("${today}", scene.today().toString())
                .replace("${yesterday}", scene.today().minusDays(1).toString()).replace("${next year}", scene.today().plusYears(1).toString())
                .replace("${an hour ago}", now.minus(Duration.ofHours(1)).toString()).replace("${in an hour}", now.plus(Duration.ofHours(1)).toString());
        return MANY.matcher(filled).replaceAll(match -> many(Integer.parseInt(match.group(1)), match.group(2)));
    }

    private static String many(int count, String what) {
        return switch (what) {
            case "contacts" -> repeated(count, "<a:contact><a:fullName>Person %d</a:fullName><a:unit>IT</a:unit><a:post>Engineer</a:post><a:email>a@bank.example</a:email>"
                    + "<a:phone>+996 312 000000</a:phone></a:contact>");
            case "services" -> repeated(count, "<a:service><a:service>service%d</a:service><a:purpose>To check salaries of those who ask for a loan.</a:purpose></a:service>");
            default -> Base64.getEncoder().encodeToString(new byte[count]);
        };
    }

    private static String repeated(int count, String item) {
        return IntStream.rangeClosed(1, count).mapToObj(item::formatted).collect(Collectors.joining());
    }
}
