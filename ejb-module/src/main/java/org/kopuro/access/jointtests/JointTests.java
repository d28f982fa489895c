package org.kopuro.access.jointtests;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kopuro.access.conformance.ConformanceRefusal;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.ScenarioResult;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.RegisteredCertificate;
import org.kopuro.participants.SubsystemId;
import org.kopuro.participants.SubsystemView;

/** Takes reports of conformance runs, keeps what joint tests have shown, and says what is still to be shown. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class JointTests {

    @Inject
    private JointTestStore store;
    @Inject
    private Participants participants;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /**
     * Takes the report that was attached to an open JOINT_TEST request, or refuses it with the first thing that is wrong.
     *
     * @param document the attached file
     * @param signed   its content
     */
    public AcceptedReport accept(UUID request, ParticipantId participant, String procedure, UUID document, byte[] signed, Actor by) {
        Instant at = clock.instant();
        ParticipantView of = participants.get(participant);
        Verified verified = verified(signed, of, at);
        ConformanceReport report = verified.report();
        Map<UUID, LedgerCall> held = held(report, verified.by().view().subsystem());
        AcceptedReport accepted = new AcceptedReport(document, verified.by().view().subsystem(), report.protocol(), verified.by().view().thumbprint(), report.harness(),
                Scenario.CATALOGUE, report.startedAt(), report.finishedAt(), at, report.results().stream().map(JointTests::verdict).toList(), services(report, procedure, held));
        store.add(request, participant, procedure, accepted, report.results());
        ledger.record(LedgerEvent.of("access.conformance_report_accepted", 2, Contour.TEST, "request", request, at).with("participant", participant.value())
                .with("subsystem", accepted.subsystem().value()).with("protocol", accepted.protocol())
                .with("document", document).with("thumbprint", accepted.thumbprint()).with("catalogue", accepted.catalogue())
                .with("startedAt", report.startedAt()).with("finishedAt", report.finishedAt())
                .with("services", accepted.services().stream().map(AcceptedReport.Shown::tested).toList())
                .with("calls", accepted.scenarios().stream().mapToLong(AcceptedReport.OfScenario::calls).sum()).with("actor", by.account()).with("actorRole", by.role()));
        return accepted;
    }

    private record Verified(ConformanceReport report, RegisteredCertificate by) {
    }

    /** By the certificate that the signature names; issuers' numbers may repeat, so that several may be named and one is right. */
    private Verified verified(byte[] signed, ParticipantView of, Instant at) {
        Map<X509Certificate, RegisteredCertificate> registered = participants.registeredCertificates(of.id(), Contour.TEST, CertificatePurpose.SIGNING).stream()
                .collect(Collectors.toMap(RegisteredCertificate::certificate, Function.identity()));
        Refusal refusal = Refusal.of(ConformanceRefusal.REPORT_SIGNATURE_WRONG, "signature");
        for (X509Certificate named : ConformanceReport.named(signed, registered.keySet())) {
            RegisteredCertificate by = registered.get(named);
            try {
                ConformanceReport report = ConformanceReport.verify(signed, named, identifier(of, by.view().subsystem()), store::takesToken, at);
                if (!by.inForceAt(report.finishedAt())) {
                    throw Refusal.of(ConformanceRefusal.REPORT_CERTIFICATE_NOT_IN_FORCE, "signature");
                }
                return new Verified(report, by);
            } catch (Refusal e) {
                refusal = e;
                if (e.code() != ConformanceRefusal.REPORT_SIGNATURE_WRONG) {
                    break;
                }
            }
        }
        throw refusal;
    }

    /** As the conformance run writes it: a member that calls by itself has an empty subsystem. */
    private static String identifier(ParticipantView of, SubsystemId subsystem) {
        String code = of.subsystems().stream().filter(one -> one.id().equals(subsystem)).map(SubsystemView::code).findFirst().orElseThrow();
        return String.join("/", of.instance(), of.memberClass(), of.memberCode(), code);
    }

    /** The calls of the report as the ledger tells them, which is as the report does. */
    private Map<UUID, LedgerCall> held(ConformanceReport report, SubsystemId subsystem) {
        Map<UUID, ForwardedCall> named = report.calls().stream().filter(call -> call.ledgerEntry().isPresent())
                .collect(Collectors.toMap(call -> entry(call), Function.identity(), (one, other) -> {
                    throw Refusal.of(ConformanceRefusal.MESSAGE_ID_REPEATED, "messageId");
                }));
        Map<UUID, LedgerCall> held = store.calls(subsystem, named.keySet()).stream().collect(Collectors.toMap(LedgerCall::entry, Function.identity()));
        named.forEach((entry, call) -> {
            if (!held.containsKey(entry)) {
                throw notFound(call);
            }
            if (!held.get(entry).is(call, report)) {
                throw Refusal.of(ConformanceRefusal.LEDGER_ENTRY_DIFFERS, "ledgerEntry", entry);
            }
        });
        return held;
    }

    private static UUID entry(ForwardedCall call) {
        try {
            return UUID.fromString(call.ledgerEntry().orElseThrow());
        } catch (IllegalArgumentException e) {
            throw notFound(call);
        }
    }

    private static Refusal notFound(ForwardedCall call) {
        return Refusal.of(ConformanceRefusal.LEDGER_ENTRY_NOT_FOUND, "ledgerEntry", call.ledgerEntry().orElseThrow());
    }

    private static AcceptedReport.OfScenario verdict(ScenarioResult result) {
        return new AcceptedReport.OfScenario(result.scenario(), result.verdict(), (int) result.calls().stream().filter(call -> call.ledgerEntry().isPresent()).count());
    }

    /** Each service at the major versions that its answered calls named; TEST served them during the whole run. */
    private List<AcceptedReport.Shown> services(ConformanceReport report, String procedure, Map<UUID, LedgerCall> held) {
        List<AcceptedReport.Shown> services = new ArrayList<>();
        for (String service : new TreeSet<>(report.services())) {
            List<JointTestStore.Offered> offered = store.offered(service, procedure);
            if (offered.isEmpty()) {
                throw Refusal.of(ConformanceRefusal.SERVICE_NOT_OFFERED, "services", service);
            }
            String longest = offered.get(0).tested().majorVersion();
            Map<String, Long> answered = report.results().stream().filter(result -> result.scenario() == Scenario.SIGNED_CALLS).flatMap(result -> result.calls().stream())
                    .filter(call -> call.service().equals(service) && call.outcome().equals(ForwardedCall.ANSWERED) && call.ledgerEntry().isPresent())
                    .collect(Collectors.groupingBy(call -> held.get(entry(call)).major().orElse(longest), TreeMap::new, Collectors.counting()));
            answered.forEach((major, calls) -> {
                TestedVersion tested = new TestedVersion(service, major);
                if (offered.stream().noneMatch(one -> one.tested().equals(tested) && !one.since().isAfter(report.startedAt()))) {
                    throw Refusal.of(ConformanceRefusal.SERVICE_VERSION_CHANGED, "services", tested);
                }
                services.add(new AcceptedReport.Shown(tested, calls.intValue()));
            });
        }
        return services;
    }

    /** The reports of a request that were accepted. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public List<AcceptedReport> reports(UUID request) {
        return store.reports(request);
    }

    /** What a granted joint test has shown. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public List<TestedVersion> passed(UUID request) {
        return store.passed(request);
    }

    /** Whether there are screen forms or an accepted report. */
    public boolean anythingShown(UUID request) {
        return store.anythingShown(request);
    }

    /** Whether it is known of which services: a report names them, or the request does. */
    public boolean shownServicesNamed(UUID request) {
        return store.shownServicesNamed(request);
    }

    /** Services of which TEST no longer serves the major version that screen forms showed: the one that the subsystem calls. */
    public List<String> superseded(UUID request) {
        return store.superseded(request);
    }

    /** Keeps what a joint test has shown, in the transaction of its grant. */
    public void pass(UUID request, ParticipantId participant, String procedure, Actor by) {
        Instant at = clock.instant();
        List<TestedVersion> passed = store.pass(request, at);
        ledger.record(LedgerEvent.of("access.joint_test_passed", 1, Contour.TEST, "request", request, at).with("participant", participant.value()).with("procedure", procedure)
                .with("services", passed.stream().distinct().sorted((one, other) -> one.toString().compareTo(other.toString())).toList())
                .with("actor", by.account()).with("actorRole", by.role()));
    }

    /** Those of the services that the participant has passed at no major version that PRODUCTION serves (ACC-18). */
    public List<TestedVersion> missing(ParticipantId participant, String procedure, Collection<String> services) {
        return store.missing(participant, procedure, services);
    }
}
