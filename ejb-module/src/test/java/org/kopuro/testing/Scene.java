package org.kopuro.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.NewAccessRight;
import org.kopuro.access.NewConnection;
import org.kopuro.access.agreements.AgreementDocument;
import org.kopuro.access.agreements.AgreementTerms;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.access.agreements.ConfirmedDuty;
import org.kopuro.access.agreements.NewAgreement;
import org.kopuro.access.duties.NewReport;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.access.duties.ReportView;
import org.kopuro.access.duties.Reports;
import org.kopuro.access.exemptions.ExemptionView;
import org.kopuro.access.exemptions.Exemptions;
import org.kopuro.access.exemptions.NewExemption;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.ProductDocumentKind;
import org.kopuro.access.procedures.ProductRole;
import org.kopuro.access.products.NewProduct;
import org.kopuro.access.products.NewProductDocument;
import org.kopuro.access.products.ProductDocument;
import org.kopuro.access.products.ProductId;
import org.kopuro.access.products.ProductKind;
import org.kopuro.access.products.Products;
import org.kopuro.access.requests.ProposalView;
import org.kopuro.access.requests.Proposals;
import org.kopuro.access.requests.ServiceWish;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.NewToken;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.Tokens;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.ServiceAddress;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.FaultDialect;
import org.kopuro.participants.NewCertificate;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.NewParticipant;
import org.kopuro.participants.ParticipantKind;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.participants.SubsystemId;
import org.kopuro.participants.SubsystemView;
import org.kopuro.registers.RegisterRows;

/**
 * A participant that may call and a taxpayer that allows it: everything a call needs, with rows of its own. A test says what is
 * different in its situation.
 */
public final class Scene {

    public static final Instant NOON = LocalDate.of(2026, 3, 2).atTime(12, 0).atZone(Installation.ZONE).toInstant();
    /** Under which the catalogue's services are offered. */
    public static final String PROCEDURE = "KG-147";
    public static final Actor OFFICIAL = Actor.of(UUID.fromString("00000000-0000-4000-8000-000000000001"), "OPERATOR");
    public static final Actor APPROVER = Actor.of(UUID.fromString("00000000-0000-4000-8000-000000000002"), "APPROVER");
    /** What a second official has to approve. */
    public static final Set<ConnectionEvent> PROPOSED = Set.of(ConnectionEvent.FORCE_DISCONNECTION, ConnectionEvent.ANNOUNCE_TERMINATION, ConnectionEvent.LIQUIDATE);
    public static final Actor TAXPAYER = Actor.of(UUID.fromString("00000000-0000-4000-8000-000000000003"), "TAXPAYER");
    public static final List<String> SERVICES = List.of("tpDataByINN", "tpDataByINNforBusinessActivity", "taxpayerDataByInn",
            "TPpaymentDateByInn", "incomeStatement", "headcount");
    private static final Set<String> TOKEN_SERVICES = Set.of("tpDataByINN", "taxpayerDataByInn", "TPpaymentDateByInn", "incomeStatement", "headcount");
    private static final AtomicInteger NUMBER = new AtomicInteger(new SecureRandom().nextInt(9_000));

    public final TestApplication application;
    public final Contour contour;
    public final ParticipantView participant;
    public final SubsystemView subsystem;
    public final CertificateView certificate;
    public final Inn inn;
    /** The key behind {@link #certificate}. */
    public final TestCertificates.Identity identity;

    public Scene() {
        this(Contour.TEST);
    }

    public Scene(Contour contour) {
        this(contour, new TestApplication("TEST,PRODUCTION", NOON));
    }

    public Scene(Contour contour, TestApplication application) {
        this(contour, application, true);
    }

    /** A participant that has registered everything and was never connected. */
    public static Scene unconnected(Contour contour, TestApplication application) {
        return new Scene(contour, application, false);
    }

    private Scene(Contour contour, TestApplication application, boolean connected) {
        this.contour = contour;
        this.application = application;
        int number = NUMBER.incrementAndGet();
        inn = new Inn("230021980%05d".formatted(number % 10_000));
        RegisterRows.aTaxpayer(contour, inn);
        participant = application.with(Participants.class, participants -> participants.register(new NewParticipant("central-server", "COM",
                "6" + UUID.randomUUID().toString().substring(0, 12), ParticipantKind.LEGAL_PERSON, "Participant", Optional.empty(),
                "notices@example.kg", Language.EN, FaultDialect.CAMEL_CASE,
                List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000"))), OFFICIAL));
        subsystem = addSubsystem("app");
        identity = TestCertificates.elliptic(application.clock().instant());
        certificate = addCertificate(subsystem, contour, identity);
        if (!connected) {
            return;
        }
        if (contour == Contour.PRODUCTION) {
            connect(Contour.TEST, PROCEDURE);
            agree(SERVICES);
        }
        connect(contour, PROCEDURE);
        SERVICES.forEach(service -> grant(subsystem, service, today(), null));
    }

    /** For a purpose. */
    public static ServiceWish wish(SubsystemId subsystem, String service) {
        return new ServiceWish(subsystem, service, false, Optional.of("To check salaries of those who ask for a loan."));
    }

    public LocalDate today() {
        return LocalDate.ofInstant(application.clock().instant(), Installation.ZONE);
    }

    public SubsystemView addSubsystem(String code) {
        return application.with(Participants.class, participants -> participants.addSubsystem(participant.id(), code, "Application", OFFICIAL));
    }

    /** A certificate of its own for each registration: a certificate is bound once. */
    public CertificateView addCertificate(SubsystemView of, Contour in) {
        return addCertificate(of, in, TestCertificates.elliptic(application.clock().instant()));
    }

    public CertificateView addCertificate(SubsystemView of, Contour in, TestCertificates.Identity key) {
        return application.with(Participants.class, participants ->
                participants.registerCertificate(letter(of, in, key), OFFICIAL));
    }

    /** What an official has of a signed letter. */
    public static NewCertificate letter(SubsystemView of, Contour in, TestCertificates.Identity key) {
        return NewCertificate.fromLetter(of.id(), in, CertificatePurpose.SIGNING, SigningCertificate.read(key.der(), "pem"), "a letter of a test");
    }

    public ConnectionView connect(Contour to, String procedure) {
        return application.with(Connections.class, connections -> connections.connect(new NewConnection(participant.id(), to, procedure, OFFICIAL, "in a test")));
    }

    /** What PRODUCTION opens within: an agreement in force, without an end, that lists the services. */
    public AgreementView agree(Collection<String> services) {
        return agree(terms(today().minusDays(30), null, services));
    }

    public AgreementView agree(AgreementTerms terms) {
        AgreementView draft = application.with(Agreements.class, agreements ->
                agreements.draft(new NewAgreement(participant.id(), PROCEDURE, UUID.randomUUID().toString(), false), OFFICIAL));
        AgreementTerms signed = onPaper(draft, terms);
        return application.with(Agreements.class, agreements -> agreements.sign(draft.id(), Contour.PRODUCTION, signed, OFFICIAL));
    }

    /** The agreement in force lists one service more. */
    public void alsoAgree(String service) {
        AgreementView inForce = application.with(Agreements.class, agreements -> agreements.of(participant.id(), Contour.PRODUCTION)).get(0);
        Set<String> services = new TreeSet<>(inForce.terms().orElseThrow().services());
        services.add(service);
        AgreementTerms more = onPaper(inForce, terms(inForce.terms().get().firstDay(), null, services));
        application.run(Agreements.class, agreements -> agreements.amend(inForce.id(), Contour.PRODUCTION, more, "One service more.", OFFICIAL));
    }

    public AgreementTerms terms(LocalDate firstDay, LocalDate lastDay, Collection<String> services) {
        return new AgreementTerms(today(), firstDay, Optional.ofNullable(lastDay), "As the contract of tax-v1 says.", "On paper.", 60, "A scan.", "An Official, head", "A Person, director",
                new TreeSet<>(services), UUID.randomUUID(), Set.of(ConfirmedDuty.values()), Optional.of("notices@example.kg"), Optional.of("An incident, 7.1."));
    }

    /** The same terms, with a file of the agreement's as what was signed: its first one, or a new one where it has none. */
    public AgreementTerms onPaper(AgreementView agreement, AgreementTerms terms) {
        return new AgreementTerms(terms.signedOn(), terms.firstDay(), terms.lastDay(), terms.dataFormat(), terms.consentForm(), terms.consentKeptMonths(), terms.consentTransferFormat(),
                terms.authoritySignatory(), terms.participantSignatory(), terms.services(),
                application.with(Agreements.class, agreements -> agreements.documents(agreement.id(), Contour.PRODUCTION)).stream().map(AgreementDocument::document).findFirst()
                        .orElseGet(() -> signedDocument(agreement)), terms.confirmations(), terms.noticeEmail(), terms.suspensionBasis());
    }

    private UUID signedDocument(AgreementView agreement) {
        return upload("agreement.txt", upload -> application.with(Agreements.class, agreements -> agreements.attach(agreement.id(), Contour.PRODUCTION, upload, OFFICIAL)).document());
    }

    private static <T> T upload(String fileName, Function<Upload, T> use) {
        try (Upload upload = Upload.receive(fileName, new ByteArrayInputStream("Signed.".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            return use.apply(upload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An own product whose registration has no end: all that KG-147 wants of it. */
    public ProductId product() {
        ProductId product = product(ProductRole.OWNER_DEVELOPER);
        prove(product, ProductDocumentKind.REGISTRATION, null);
        return product;
    }

    /** A product without documents. */
    public ProductId product(ProductRole role) {
        return application.with(Products.class, products -> products.add(new NewProduct(participant.id(), "Product " + UUID.randomUUID(), ProductKind.INFORMATION_SYSTEM, "A Developer",
                "A Holder", role), OFFICIAL)).id();
    }

    /** Valid from a month ago. */
    public ProductDocument prove(ProductId product, ProductDocumentKind kind, LocalDate lastDay) {
        return prove(product, new NewProductDocument(kind, UUID.randomUUID().toString(), today().minusDays(30), "An Office", today().minusDays(30), Optional.ofNullable(lastDay)));
    }

    public ProductDocument prove(ProductId product, NewProductDocument document) {
        return prove(product, document, Contour.PRODUCTION);
    }

    /** @param by of the official */
    public ProductDocument prove(ProductId product, NewProductDocument document, Contour by) {
        return upload("licence.txt", upload -> application.with(Products.class, products -> products.attach(product, document, upload, by, OFFICIAL)));
    }

    /** Outside the procedure, as one official records and another one confirms. */
    public ExemptionView exempt() {
        ExemptionView recorded = recordExemption();
        return application.with(Exemptions.class, exemptions -> exemptions.confirm(recorded.id(), "in a test", APPROVER));
    }

    public ExemptionView recordExemption() {
        NewExemption exemption = new NewExemption(participant.id(), PROCEDURE, "STATE_BODY", "1-2026", today(), "A ministry, connected by a decree.");
        return upload("decree.txt", upload -> application.with(Exemptions.class, exemptions -> exemptions.record(exemption, upload, OFFICIAL)));
    }

    /** The newest of the scene's connections. */
    public ConnectionView connection() {
        return application.with(Connections.class, connections -> connections.of(participant.id(), contour)).get(0);
    }

    public ConnectionView apply(ConnectionEvent event) {
        return apply(switch (event) {
            case SUSPEND -> change(event).on("INCIDENT");
            default -> change(event);
        });
    }

    public ConnectionView apply(ConnectionChange change) {
        return apply(connection(), change);
    }

    /** One official proposes and another approves, where that is demanded; a liquidation was reported before. */
    public ConnectionView apply(ConnectionView connection, ConnectionChange change) {
        if (change.event() == ConnectionEvent.LIQUIDATE && application.with(Connections.class, connections -> connections.get(connection.id(), connection.contour())).state() != ConnectionState.DISCONNECTED) {
            report(ReportKind.LIQUIDATION, connection.contour());
        }
        if (PROPOSED.contains(change.event())) {
            ProposalView proposal = application.with(Proposals.class, proposals -> proposals.proposeMeasure(connection.id(), connection.contour(), change));
            application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), connection.contour(), APPROVER));
            return application.with(Connections.class, connections -> connections.get(connection.id(), connection.contour()));
        }
        return application.with(Connections.class, connections -> connections.apply(connection.id(), connection.contour(), change));
    }

    /** A mail server takes the letters of what is announced for the connection. */
    public void announcementTaken(ConnectionView connection) {
        Rows.change("update notices.delivery set state = 'SENT', sent_at = ? where state = 'PENDING' and notice_id in (select notice_id from access.connection_announcement where connection_id = ?)",
                application.clock().instant().atOffset(ZoneOffset.UTC), connection.id().value());
    }

    /** A mail server takes the letters about a record that still wait, such as those of an announced outage. */
    public static void taken(UUID about, Instant at) {
        Rows.change("update notices.delivery set state = 'SENT', sent_at = ? where state = 'PENDING' and notice_id in (select id from notices.notice where about_id = ?)",
                at.atOffset(ZoneOffset.UTC), about);
    }

    /** A letter of today about today, from whoever is connected in the contour. */
    public ReportView report(ReportKind kind, Contour in) {
        return report(kind, in, today());
    }

    public ReportView report(ReportKind kind, Contour in, LocalDate day) {
        Instant now = application.clock().instant();
        String procedure = application.with(Connections.class, connections -> connections.of(participant.id(), in)).get(0).procedure();
        return application.with(Reports.class, reports -> reports.file(new NewReport(kind, participant.id(), procedure, Optional.of(new Letter("office@example.kg", now)),
                Optional.of(day), Optional.empty(), Optional.empty(), "As our owners decided."), in, OFFICIAL));
    }

    public static ConnectionChange change(ConnectionEvent event) {
        return ConnectionChange.of(event, event == ConnectionEvent.SUSPENSION_DUE || event == ConnectionEvent.TERMINATION_DUE || event == ConnectionEvent.DATE_MOVED
                || event == ConnectionEvent.AGREEMENT_EXPIRED
                || event == ConnectionEvent.AGREEMENT_NOT_RENEWED ? Actor.SYSTEM : OFFICIAL, "in a test");
    }

    /** Whoever may call services with tokens in PRODUCTION has shown in TEST that it stops with them. */
    public AccessRightView grant(SubsystemView to, String service, LocalDate from, LocalDate until) {
        if (contour == Contour.PRODUCTION) {
            showStopping(to);
        }
        return application.with(AccessRights.class, rights ->
                rights.grant(new NewAccessRight(to.id(), service, contour, from, Optional.ofNullable(until)), "in a test", OFFICIAL));
    }

    /** As PRODUCTION wants to have seen it (CON-160): two days ago the subsystem showed in TEST that it stops with tokens. */
    public void showStopping(SubsystemView by) {
        showStopping(application, by, inn);
    }

    public static void showStopping(TestApplication application, SubsystemView by, Inn taxpayer) {
        if (StoppingShown.isBy(by)) {
            return;
        }
        StoppingShown.notices(by, taxpayer, application.clock().instant());
        reportAccepted(application, by);
    }

    /** Of a conformance run that showed everything, also what is demanded of whoever presents tokens. */
    public static void reportAccepted(TestApplication application, SubsystemView of) {
        if (!StoppingShown.hasCertificate(of.id().value())) {
            application.run(Participants.class, participants -> participants.registerCertificate(letter(of, Contour.TEST, TestCertificates.elliptic(application.clock().instant())), OFFICIAL));
        }
        StoppingShown.report(of, application.clock().instant());
    }

    public Taxpayer taxpayer() {
        return new Taxpayer(contour, inn);
    }

    public IssuedToken token() {
        return token(subsystem, TOKEN_SERVICES, today().plusDays(30));
    }

    public IssuedToken token(SubsystemView forSubsystem, Set<String> services, LocalDate lastDay) {
        return application.with(Tokens.class, tokens -> tokens.issue(taxpayer(), new NewToken(forSubsystem.id(), lastDay, services, Language.EN), TAXPAYER));
    }

    public IssuedToken token(NewToken wish) {
        return application.with(Tokens.class, tokens -> tokens.issue(taxpayer(), wish, TAXPAYER));
    }

    public XRoadClient client() {
        return new XRoadClient(participant.instance(), participant.memberClass(), participant.memberCode(), subsystem.code());
    }

    /** A call of the service, signed with the subsystem's certificate, never the same twice. */
    public Call call(String service, String token) {
        return call(service, token, certificate);
    }

    public Call call(String service, String token, CertificateView by) {
        return new Call(client(), service(service), UUID.randomUUID().toString(), Optional.of("KG" + inn.digits()), Optional.of("case 1"),
                Optional.ofNullable(token), Credential.signature(thumbprint(by), freshDigest()), "127.0.0.1");
    }

    public static ServiceAddress service(String code) {
        return new ServiceAddress("central-server", "GOV", "70000002", Optional.of("gns-service"), code, Optional.of("v1"));
    }

    public static byte[] thumbprint(CertificateView certificate) {
        return HexFormat.of().parseHex(certificate.thumbprint());
    }

    public static byte[] freshDigest() {
        byte[] digest = new byte[32];
        new SecureRandom().nextBytes(digest);
        return digest;
    }
}
