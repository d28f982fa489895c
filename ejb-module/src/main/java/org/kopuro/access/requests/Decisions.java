package org.kopuro.access.requests;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRightEvent;
import org.kopuro.access.AccessRightState;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.NewAccessRight;
import org.kopuro.access.NewConnection;
import org.kopuro.access.SubsystemDropped;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.access.exemptions.Exemptions;
import org.kopuro.access.jointtests.JointTests;
import org.kopuro.access.jointtests.TestedVersion;
import org.kopuro.access.procedures.ChecklistItem;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.DeadlineTerm;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.Lacking;
import org.kopuro.access.products.ProductId;
import org.kopuro.access.products.Products;
import org.kopuro.access.stopping.Candidate;
import org.kopuro.access.stopping.StoppingFact;
import org.kopuro.access.stopping.StoppingProofs;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantKind;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.SubsystemId;
import org.kopuro.participants.SubsystemView;

/** What each kind of request presupposes, and what its grant brings about, in the grant's transaction. */
@Dependent
class Decisions {

    @Inject
    private JointTests jointTests;
    @Inject
    private StoppingProofs stopping;
    @Inject
    private Connections connections;
    @Inject
    private AccessRights rights;
    @Inject
    private Agreements agreements;
    @Inject
    private Products products;
    @Inject
    private Exemptions exemptions;
    @Inject
    private Participants participants;
    @Inject
    private Event<SubsystemDropped> subsystemDropped;
    @Inject
    private Clock clock;

    /** That there is something to ask for: nobody connected asks to be connected, and nobody else for anything else. */
    void requireSituation(NewRequest request) {
        Optional<ConnectionView> live = live(request.participant(), request.contour(), request.procedure());
        if (request.kind() == RequestKind.CONNECT) {
            if (live.isPresent()) {
                throw Refusal.of(AccessRefusal.ALREADY_CONNECTED, "kind");
            }
            return;
        }
        ConnectionView connection = live.orElseThrow(() -> Refusal.of(AccessRefusal.PARTICIPANT_NOT_CONNECTED, "kind"));
        if (request.kind() == RequestKind.RESTORE && connection.state().passesCalls()) {
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "kind", connection.state(), ConnectionEvent.RESTORE);
        }
    }

    /** What the procedure wants to be there before a grant (§6, “PRODUCTION precondition”). */
    void requirePreconditions(RequestView request, Procedure procedure) {
        List<Lacking> lacking = lacking(request, procedure);
        if (!lacking.isEmpty()) {
            throw Lacking.refusal(lacking, "products");
        }
        hindrances(request, procedure).stream().findFirst().ifPresent(hindrance -> {
            throw hindrance;
        });
    }

    /** From when the decision is counted: from the signed agreement where the procedure says so, of whom it concerns (§6); empty while there is none. */
    Optional<Instant> countedFrom(RequestView request, Procedure procedure, DeadlineRule rule, Instant from) {
        boolean fromAgreement = procedure.deadline(rule).filter(DeadlineTerm::fromAgreement).isPresent() && !exemptions.exempt(request.participant(), procedure.code());
        return fromAgreement ? agreements.signedAt(request.participant(), procedure.code()).map(signed -> signed.isAfter(from) ? signed : from) : Optional.of(from);
    }

    /** All that would stop the grant, beside the checklist. */
    List<Missing> missing(RequestView request, Procedure procedure) {
        return Stream.concat(lacking(request, procedure).stream().map(Missing::of), hindrances(request, procedure).stream().map(Missing::of)).toList();
    }

    /** What is not there yet, as who grants it all the same would be told. */
    private List<Refusal> hindrances(RequestView request, Procedure procedure) {
        List<Refusal> all = new ArrayList<>();
        missingNumbers(request, procedure).forEach(missing -> all.add(missing.refusal(procedure)));
        untested(request, procedure).ifPresent(all::add);
        unagreed(request, procedure).ifPresent(all::add);
        unproven(request, procedure).ifPresent(all::add);
        return all;
    }

    private Optional<Refusal> unproven(RequestView request, Procedure procedure) {
        String lacking = stopping(request, procedure).stream().filter(fact -> !fact.shown()).map(StoppingFact::named).collect(Collectors.joining(", "));
        return lacking.isEmpty() ? Optional.empty() : Optional.of(Refusal.of(AccessRefusal.STOPPING_NOT_SHOWN, "request", lacking));
    }

    /** CON-160: what the subsystems that PRODUCTION opens services with tokens to have shown in TEST; of a decided request, as of then. */
    List<StoppingFact> stopping(RequestView request, Procedure procedure) {
        if (request.contour() != Contour.PRODUCTION || request.kind() != RequestKind.CONNECT && request.kind() != RequestKind.CHANGE || request.addedServices().isEmpty()) {
            return List.of();
        }
        Instant moment = request.state().open() ? clock.instant() : request.since();
        Set<String> bound = stopping.demandedFor(request.participant(), procedure.code(), request.addedServices(), moment);
        if (bound.isEmpty()) {
            return List.of();
        }
        return procedure.stoppingProofWaived() ? List.of(stopping.waiver()) : stopping.facts(candidates(request, bound), moment);
    }

    private List<Candidate> candidates(RequestView request, Set<String> bound) {
        Map<SubsystemId, String> codes = participants.get(request.participant()).subsystems().stream().collect(Collectors.toMap(SubsystemView::id, SubsystemView::code));
        Stream<Candidate> present = request.services().stream().filter(wanted -> !wanted.drops() && bound.contains(wanted.service()))
                .map(wanted -> new Candidate(codes.get(wanted.subsystem()), Optional.of(wanted.subsystem())));
        Stream<Candidate> added = request.subsystems().stream().filter(one -> !one.drops() && one.services().stream().anyMatch(service -> bound.contains(service.code())))
                .map(one -> new Candidate(one.code(), Optional.empty()));
        return Stream.concat(present, added).distinct().toList();
    }

    private Optional<Refusal> unagreed(RequestView request, Procedure procedure) {
        boolean opens = request.kind() == RequestKind.CONNECT || request.kind() == RequestKind.RESTORE || request.kind() == RequestKind.CHANGE && !request.addedServices().isEmpty();
        if (!opens || request.contour() != Contour.PRODUCTION || !procedure.agreementRequired() || exemptions.exempt(request.participant(), procedure.code())) {
            return Optional.empty();
        }
        return agreements.uncovered(request.participant(), request.procedure(), request.addedServices()).map(what -> Refusal.of(AccessRefusal.AGREEMENT_MISSING, "request", what));
    }

    /** Forms of the RU procedures name them; a natural person has no OGRN (ACC-3, ACC-42). The database asks the same of the grant. */
    List<Shortcoming> missingNumbers(RequestView request, Procedure procedure) {
        if (request.kind() != RequestKind.CONNECT || exemptions.exempt(request.participant(), procedure.code())) {
            return List.of();
        }
        ParticipantView participant = participants.get(request.participant());
        List<Shortcoming> missing = new ArrayList<>();
        if (procedure.innRequired() && Numbers.inn(procedure, participant, request.particulars()).isEmpty()) {
            missing.add(Shortcoming.PARTICIPANT_INN_MISSING);
        }
        if (procedure.ogrnRequired() && participant.kind() != ParticipantKind.NATURAL_PERSON && participant.ogrn().isEmpty() && request.particulars().ogrn().isEmpty()) {
            missing.add(Shortcoming.OGRN_MISSING);
        }
        return missing;
    }

    /** ACC-18: each service that PRODUCTION opens was passed at a major version that it serves; the database asks the same of each right, and the admission of each call. */
    private Optional<Refusal> untested(RequestView request, Procedure procedure) {
        if (request.kind() == RequestKind.JOINT_TEST) {
            return unshown(request);
        }
        if (request.contour() != Contour.PRODUCTION || !procedure.jointTestRequired()) {
            return Optional.empty();
        }
        List<TestedVersion> missing = jointTests.missing(request.participant(), procedure.code(), request.addedServices());
        return missing.isEmpty() ? Optional.empty()
                : Optional.of(Refusal.of(RequestRefusal.JOINT_TEST_NOT_PASSED, "request", missing.stream().map(TestedVersion::toString).collect(Collectors.joining(", "))));
    }

    /** That a joint test has nothing to look at (ACC-43), or what is shown is no longer served. */
    private Optional<Refusal> unshown(RequestView request) {
        if (!jointTests.anythingShown(request.id().value())) {
            return Optional.of(Refusal.of(RequestRefusal.ATTACHMENT_MISSING, "file"));
        }
        if (!jointTests.shownServicesNamed(request.id().value())) {
            return Optional.of(Refusal.of(RequestRefusal.TESTED_SERVICES_NOT_NAMED, "services"));
        }
        List<String> superseded = jointTests.superseded(request.id().value());
        return superseded.isEmpty() ? Optional.empty() : Optional.of(Refusal.of(RequestRefusal.TESTED_VERSION_SUPERSEDED, "services", String.join(", ", superseded)));
    }

    /** What products lack that the request is for, and that its procedure wants (ACC-9); nothing of whom the procedure does not concern (ACC-10). */
    List<Lacking> lacking(RequestView request, Procedure procedure) {
        boolean opens = request.kind() == RequestKind.CONNECT
                || request.kind() == RequestKind.CHANGE && (!request.addedProducts().isEmpty() || !request.addedServices().isEmpty() || dropsTheLastProduct(request));
        return opens && !exemptions.exempt(request.participant(), procedure.code()) ? products.lacking(procedure, request.addedProducts()) : List.of();
    }

    private boolean dropsTheLastProduct(RequestView request) {
        List<ProductId> left = new ArrayList<>(live(request.participant(), request.contour(), request.procedure()).map(products::used).orElse(List.of()));
        return left.removeAll(request.droppedProducts()) && left.isEmpty();
    }

    /** Of whom the procedure does not concern, nothing is to be checked before a connection (ACC-10). */
    List<ChecklistItem> checklist(RequestView request, Procedure procedure) {
        boolean precondition = request.kind() == RequestKind.CONNECT || request.kind() == RequestKind.CHANGE;
        return precondition && exemptions.exempt(request.participant(), procedure.code()) ? List.of()
                : procedure.items(request.kind(), request.contour(), ChecklistItem.Side.CHECK);
    }

    void bringAbout(RequestView request, String reason, Actor by) {
        changeParticipant(request, reason, by);
        switch (request.kind()) {
            case CONNECT -> {
                ConnectionView begun = connections.connect(new NewConnection(request.participant(), request.contour(), request.procedure(), by, reason));
                use(begun, request, by);
                request.services().forEach(wanted -> grant(wanted, request.contour(), reason, by));
            }
            case JOINT_TEST -> jointTests.pass(request.id().value(), request.participant(), request.procedure(), by);
            case RESTORE -> change(request, ConnectionEvent.RESTORE, reason, by);
            case DISCONNECT -> change(request, ConnectionEvent.DISCONNECT, reason, by);
            case CHANGE -> {
                live(request.participant(), request.contour(), request.procedure()).ifPresent(connection -> use(connection, request, by));
                request.subsystems().forEach(wanted -> change(wanted, request, reason, by));
                for (ServiceWish wanted : request.services()) {
                    if (wanted.drops()) {
                        drop(wanted, request.contour(), reason, by);
                    } else {
                        grant(wanted, request.contour(), reason, by);
                    }
                }
            }
        }
    }

    /** What it states of its participant is so from now on; of a CHANGE its contacts are the participant's, too (ACC-46). */
    private void changeParticipant(RequestView request, String reason, Actor by) {
        List<NewContact> contacts = request.kind() == RequestKind.CHANGE ? request.contacts() : List.of();
        if (!request.particulars().equals(Particulars.NONE) || !contacts.isEmpty()) {
            participants.change(request.participant(), request.particulars(), contacts, request.id().value(), reason, by);
        }
    }

    /** What a legacy agreement allows, for one of its participant's subsystems, without a request (ACC-56). */
    void admit(AgreementView agreement, SubsystemId subsystem, String reason, Actor by) {
        if (live(agreement.participant(), agreement.contour(), agreement.procedure()).isEmpty()) {
            connections.connect(new NewConnection(agreement.participant(), agreement.contour(), agreement.procedure(), by, reason));
        }
        agreement.terms().orElseThrow().services().forEach(service -> grant(new ServiceWish(subsystem, service, false, Optional.of("№ " + agreement.number())), agreement.contour(), reason, by));
    }

    private void use(ConnectionView connection, RequestView request, Actor by) {
        products.use(connection, request.addedProducts(), request.droppedProducts(), request.id().value(), by);
    }

    private void change(RequestView request, ConnectionEvent event, String reason, Actor by) {
        ConnectionView connection = live(request.participant(), request.contour(), request.procedure())
                .orElseThrow(() -> Refusal.of(AccessRefusal.PARTICIPANT_NOT_CONNECTED, "request"));
        connections.apply(connection.id(), request.contour(), ConnectionChange.of(event, by, reason));
    }

    private void grant(ServiceWish wanted, Contour contour, String reason, Actor by) {
        rights.grant(new NewAccessRight(wanted.subsystem(), wanted.service(), contour, today(), Optional.empty(), wanted.purpose()), reason, by);
    }

    /** One that is dropped keeps its code, which nobody gets again (ACC-6), and loses for ever what it held in this contour: rights here, consents and credentials by those who look after them. */
    private void change(SubsystemWish wanted, RequestView request, String reason, Actor by) {
        if (!wanted.drops()) {
            SubsystemId added = participants.addSubsystem(request.participant(), wanted.code(), wanted.name().orElseThrow(), by).id();
            wanted.services().forEach(service -> grant(new ServiceWish(added, service.code(), false, Optional.of(service.purpose())), request.contour(), reason, by));
            return;
        }
        SubsystemId dropped = participants.get(request.participant()).subsystems().stream().filter(own -> own.code().equals(wanted.code())).findFirst().orElseThrow().id();
        rights.of(dropped, request.contour()).stream().filter(Decisions::held).forEach(right -> rights.apply(AccessRightEvent.REVOKE, right.id(), request.contour(), reason, by));
        subsystemDropped.fire(new SubsystemDropped(request.participant(), dropped, request.contour(), clock.instant()));
    }

    private static boolean held(AccessRightView right) {
        return right.state() == AccessRightState.ACTIVE || right.state() == AccessRightState.PENDING;
    }

    private void drop(ServiceWish wanted, Contour contour, String reason, Actor by) {
        List<AccessRightView> held = rights.of(wanted.subsystem(), contour).stream().filter(right -> right.serviceCode().equals(wanted.service()))
                .filter(Decisions::held).toList();
        held.forEach(right -> rights.apply(AccessRightEvent.REVOKE, right.id(), contour, reason, by));
    }

    Optional<ConnectionView> live(ParticipantId participant, Contour contour, String procedure) {
        return connections.of(participant, contour).stream()
                .filter(connection -> connection.procedure().equals(procedure) && connection.state() != ConnectionState.DISCONNECTED).findFirst();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Installation.ZONE);
    }
}
