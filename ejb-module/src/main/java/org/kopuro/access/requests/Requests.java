package org.kopuro.access.requests;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.agreements.AgreementBeingSigned;
import org.kopuro.access.jointtests.JointTests;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.procedures.ChecklistItem;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.DeadlineTerm;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.stopping.StoppingFact;
import org.kopuro.calendar.Calendars;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.documents.DocumentType;
import org.kopuro.documents.DocumentView;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.Particulars;

/** Files requests, and moves them along their table (ACC-T01 to ACC-T10). What a grant brings about is {@link Decisions}' part. */
@Stateless
public class Requests {

    private static final int PAGE_MAX = 200;
    private static final int ATTACHMENTS_MAX = 20;
    private static final int REASON_MAX = 1000;
    /** In one cause; the checklist names all. */
    private static final int SUBSYSTEMS_NAMED = 10;
    private static final String WHOLE = "It lacks nothing of what it must have.";
    private static final String UNWANTED = "The applicant wants it no longer.";
    private static final String UNANSWERED = "No answer came in time.";

    @Inject
    private RequestStore store;
    @Inject
    private ConsiderationStore considered;
    @Inject
    private Filing filing;
    @Inject
    private RequestSteps steps;
    @Inject
    private RequestLetters letters;
    @Inject
    private Decisions decisions;
    @Inject
    private Resubmission resubmission;
    @Inject
    private JointTests jointTests;
    @Inject
    private Documents documents;
    @Inject
    private Participants participants;
    @Inject
    private Procedures procedures;
    @Inject
    private Obligations obligations;
    @Inject
    private Calendars calendars;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** How a participant's letter is to be headed today, to be copied (ACC-24); empty where the procedure wants nothing. */
    public Optional<String> expectedSubject(ParticipantId participant, String procedure, RequestKind kind, Contour contour) {
        ParticipantView who = participants.get(participant);
        Procedure inForce = procedures.inForce(procedure, clock.instant());
        return LetterSubjects.expected(inForce, who, Numbers.inn(inForce, who, Particulars.NONE), who.ogrn(), kind, contour);
    }

    /** Files a request; the clocks start at its receipt (ACC-33). */
    public RequestView submit(NewRequest request, Actor by) {
        return filing.submit(request, by);
    }

    /** Takes it up for consideration (ACC-T02); refused where the sender's domain is not one of the procedure's (ACC-49), or it lacks what it must have. */
    public RequestView confirm(RequestId id, Contour contour, Actor by) {
        return confirm(id, contour, Optional.empty(), by);
    }

    /** As {@link #confirm(RequestId, Contour, Actor)}, with what the official notes about it. */
    public RequestView confirm(RequestId id, Contour contour, Optional<String> note, Actor by) {
        RequestView request = steps.forChange(id, contour, RequestEvent.CONFIRM);
        considered.shortcomings(id.value()).stream().findFirst().ifPresent(found -> {
            throw found.refusal(procedures.get(request.procedure(), request.version()));
        });
        RequestView confirmed = steps.apply(request, RequestEvent.CONFIRM, by, reason(note, "note", WHOLE));
        obligations.meet(RequestSteps.about(request), DeadlineRule.CONFIRM_REQUEST);
        letters.tell(confirmed, RequestEvent.CONFIRM, "");
        return confirmed;
    }

    /**
     * Attaches a file while the request is open. The applicant's right to do so is the caller's to check. The report of a conformance run comes with a joint test, and is
     * taken only when it is accepted.
     */
    public AttachedDocument attach(RequestId id, Contour contour, Attachment attachment, Upload upload, Actor by) {
        RequestView request = steps.forChange(id, contour, RequestEvent.RETRACT);
        if (attachment.kind().ofProduct()) {
            throw Refusal.of(RequestRefusal.ATTACHMENT_OF_A_PRODUCT, "kind");
        }
        if (considered.documents(id.value()).size() >= ATTACHMENTS_MAX) {
            throw Refusal.of(RequestRefusal.ATTACHMENTS_TOO_MANY, "file", ATTACHMENTS_MAX);
        }
        boolean report = attachment.kind() == Attachment.Kind.CONFORMANCE_REPORT;
        if (report && request.kind() != RequestKind.JOINT_TEST) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "kind");
        }
        if (report != (upload.type() == DocumentType.SIGNED_TEXT)) {
            throw Refusal.of(DocumentRefusal.DOCUMENT_TYPE_NOT_WANTED_HERE, "file", upload.type());
        }
        DocumentView document = documents.store(upload, by.account().map(UUID::toString).orElse(by.role()));
        AttachedDocument attached = new AttachedDocument(document.id(), attachment, document.fileName(), document.sha256(), clock.instant());
        considered.addDocument(id.value(), attached);
        ledger.record(LedgerEvent.of("access.document_attached", 1, request.contour(), "request", id.value(), attached.attachedAt()).with("document", document.id())
                .with("kind", attachment.kind()).with("sha256", document.sha256()).with("actor", by.account()).with("actorRole", by.role()));
        if (report) {
            jointTests.accept(id.value(), request.participant(), request.procedure(), document.id(), octets(upload), by);
        }
        return attached;
    }

    private static byte[] octets(Upload upload) {
        try {
            return upload.octets();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of a request in the order of their attachment. */
    public List<AttachedDocument> documents(RequestId id) {
        return considered.documents(id.value());
    }

    /** Does not take it up, and says why: for what it lacks only, never on its merits (ACC-T03, ACC-45). */
    public RequestView decline(RequestId id, Contour contour, List<Cause> causes, Actor by) {
        RequestView request = steps.forChange(id, contour, RequestEvent.DECLINE);
        requireCauses(causes);
        Set<String> found = considered.shortcomings(id.value()).stream().map(Shortcoming::name).collect(Collectors.toSet());
        causes.stream().map(Cause::code).filter(code -> !found.contains(code)).findFirst().ifPresent(code -> {
            throw Refusal.of(RequestRefusal.CAUSE_NOT_FOUND, "causes.code", Input.oneOf(Shortcoming.class, code, "causes.code"));
        });
        considered.addCauses(id.value(), causes);
        return steps.end(request, RequestEvent.DECLINE, by, named(causes), DeadlineRule.CONFIRM_REQUEST);
    }

    /** Asks for more (ACC-T04); the decision's clock stops, and the applicant's starts. */
    public RequestView ask(RequestId id, Contour contour, String questions, Actor by) {
        RequestView request = steps.forChange(id, contour, RequestEvent.ASK);
        String text = Input.lines(questions, "questions", 10_000);
        RequestView asked = steps.apply(request, RequestEvent.ASK, by, text);
        obligations.drop(RequestSteps.about(request), RequestSteps.decisionRule(request));
        steps.open(asked, procedures.get(request.procedure(), request.version()), DeadlineRule.SUPPLY_INFORMATION, clock.instant());
        letters.tell(asked, RequestEvent.ASK, text);
        return asked;
    }

    /** Answers the questions (ACC-T05); the decision's clock starts anew. */
    public RequestView supply(RequestId id, Contour contour, String answers, Actor by) {
        RequestView request = steps.forChange(id, contour, RequestEvent.SUPPLY);
        RequestView supplied = steps.apply(request, RequestEvent.SUPPLY, by, Input.lines(answers, "answers", 10_000));
        obligations.meet(RequestSteps.about(request), DeadlineRule.SUPPLY_INFORMATION);
        steps.openDecision(supplied, procedures.get(request.procedure(), request.version()), clock.instant());
        return supplied;
    }

    /** What an official has to check before its grant (ACC-47). */
    public List<ChecklistItem> checklist(RequestView request) {
        return decisions.checklist(request, procedures.get(request.procedure(), request.version()));
    }

    /** What of the checklist nobody ticks: it is shown in TEST, or not yet (CON-160). */
    public List<StoppingFact> facts(RequestView request) {
        return decisions.stopping(request, procedures.get(request.procedure(), request.version()));
    }

    private Map<String, List<StoppingFact>> notShown(RequestView request) {
        return facts(request).stream().filter(fact -> !fact.shown()).collect(Collectors.groupingBy(StoppingFact::code, LinkedHashMap::new, Collectors.toList()));
    }

    /** What of an open request is not there yet that its grant presupposes, beside the ticks. */
    public List<Missing> lacking(RequestView request) {
        if (!request.state().open()) {
            return List.of();
        }
        Procedure procedure = procedures.get(request.procedure(), request.version());
        List<Missing> all = new ArrayList<>(decisions.missing(request, procedure));
        Set<String> named = all.stream().map(Missing::code).collect(Collectors.toSet());
        considered.shortcomings(request.id().value()).stream().filter(found -> !named.contains(found.name())).forEach(found -> all.add(Missing.of(found.refusal(procedure))));
        return all;
    }

    /** Ticks an item of the checklist, or takes the tick away (ACC-47); who did, when and in which role, is kept of each time. */
    public RequestView check(RequestId id, Contour contour, String item, boolean ticked, String note, Actor by) {
        RequestView request = steps.forChange(id, contour, RequestEvent.GRANT);
        if (!codes(checklist(request)).contains(item)) {
            throw Refusal.of(RequestRefusal.CHECKLIST_ITEM_UNKNOWN, "item");
        }
        Instant at = clock.instant();
        considered.check(id.value(), item, ticked, note.isBlank() ? "" : Input.text(note, "note", REASON_MAX), at, by);
        ledger.record(LedgerEvent.of("access.request_checked", 1, contour, "request", id.value(), at).with("item", item).with("ticked", ticked)
                .with("actor", by.account()).with("actorRole", by.role()));
        return store.find(id.value()).orElseThrow();
    }

    /** Decides for the applicant (ACC-T06), and brings about what was asked for. Where ACC-2 demands a second official, it is proposed and approved instead. */
    public RequestView grant(RequestId id, Contour contour, String reason, Actor by) {
        RequestView request = steps.forChange(id, contour, RequestEvent.GRANT);
        if (Proposals.needed(request)) {
            throw Refusal.of(AccessRefusal.APPROVAL_REQUIRED, "event");
        }
        return granted(request, reason, by);
    }

    /** As {@link #grant}, of what another official proposed: the database knows the approval, and refuses where there is none. */
    public RequestView grantApproved(RequestId id, Contour contour, String reason, Actor by) {
        return granted(steps.forChange(id, contour, RequestEvent.GRANT), reason, by);
    }

    /** Refuses what would stop a grant; the request, which nothing happens to until the caller's transaction ends. */
    public RequestView requireGrantable(RequestId id, Contour contour) {
        RequestView request = steps.forChange(id, contour, RequestEvent.GRANT);
        requireGrantable(request);
        return request;
    }

    /** Whether its grant is proposed by one official and decided by another (ACC-2). */
    public boolean needsApproval(RequestView request) {
        return Proposals.needed(request);
    }

    private RequestView granted(RequestView request, String reason, Actor by) {
        requireGrantable(request);
        RequestView granted = steps.close(request, RequestEvent.GRANT, by, Input.text(reason, "reason", 1000), RequestSteps.decisionRule(request));
        decisions.bringAbout(granted, reason, by);
        // Last, as the letter of a connection brings a link that lives with it.
        letters.granted(granted, by);
        return granted;
    }

    private void requireGrantable(RequestView request) {
        List<String> unticked = codes(checklist(request)).stream().filter(code -> !request.ticked().contains(code)).sorted().toList();
        if (!unticked.isEmpty()) {
            throw Refusal.of(RequestRefusal.CHECKLIST_INCOMPLETE, "checklist", String.join(", ", unticked));
        }
        Procedure procedure = procedures.get(request.procedure(), request.version());
        request.desiredDay().ifPresent(day -> refuseEarlyExit(day, procedure));
        decisions.requirePreconditions(request, procedure);
    }

    /** ACC-45: nobody is disconnected before the day that it wished for. */
    private void refuseEarlyExit(LocalDate day, Procedure procedure) {
        if (calendars.get(procedure.calendar()).dayOf(clock.instant()).isBefore(day)) {
            throw Refusal.of(RequestRefusal.DESIRED_DAY_NOT_COME, "event", day.toString());
        }
    }

    /** Decides against the applicant (ACC-T07). Items that are not ticked or shown, and documents that products lack, are causes without being named; the participant reads them. */
    public RequestView refuse(RequestId id, Contour contour, List<Cause> causes, Actor by) {
        RequestView request = steps.forChange(id, contour, RequestEvent.REFUSE);
        if (request.kind() == RequestKind.DISCONNECT) {
            throw Refusal.of(RequestRefusal.EXIT_NOT_REFUSABLE, "event");
        }
        Language language = participants.get(request.participant()).language();
        List<Cause> all = new ArrayList<>(causes);
        checklist(request).stream().filter(item -> !request.ticked().contains(item.code()))
                .forEach(item -> all.add(new Cause(item.code(), item.texts().get(language) + " (" + item.source() + ")")));
        decisions.lacking(request, procedures.get(request.procedure(), request.version())).forEach(lacking -> all.add(new Cause(lacking.code(), lacking.text(language))));
        notShown(request).forEach((code, facts) -> all.add(new Cause(code, facts.get(0).texts().get(language) + " (" + facts.get(0).source() + "): "
                + facts.stream().flatMap(fact -> fact.subsystem().stream()).limit(SUBSYSTEMS_NAMED).collect(Collectors.joining(", ")))));
        requireCauses(all);
        considered.addCauses(id.value(), all);
        return steps.end(request, RequestEvent.REFUSE, by, named(all), RequestSteps.decisionRule(request));
    }

    /** The applicant wants it no longer (ACC-T08). */
    public RequestView retract(RequestId id, Contour contour, Actor by) {
        return retract(id, contour, Optional.empty(), by);
    }

    /** As {@link #retract(RequestId, Contour, Actor)}, and why. */
    public RequestView retract(RequestId id, Contour contour, Optional<String> reason, Actor by) {
        return steps.end(steps.forChange(id, contour, RequestEvent.RETRACT), RequestEvent.RETRACT, by, reason(reason, "reason", UNWANTED));
    }

    /** No state changes without a reason (ACC-1): where nobody gives another one, what the event itself says. */
    private static String reason(Optional<String> given, String field, String stock) {
        return given.map(text -> Input.text(text, field, REASON_MAX)).orElse(stock);
    }

    /** No answer came in time (ACC-T09); only the clock brings this about. */
    public RequestView lapse(RequestId id, Contour contour) {
        return steps.end(steps.forChange(id, contour, RequestEvent.LAPSE), RequestEvent.LAPSE, Actor.SYSTEM, UNANSWERED);
    }

    /** Whose applicant owes an answer since before the moment. */
    public List<RequestView> unanswered(Instant now, int limit) {
        return store.unanswered(now, limit);
    }

    /** False where an answer, or another node, was faster. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean lapseIfDue(RequestId id) {
        RequestView request = store.findForChange(id.value()).orElseThrow();
        if (request.state() != RequestState.INFO_NEEDED) {
            return false;
        }
        lapse(id, request.contour());
        return true;
    }

    public RequestView get(RequestId id, Contour contour) {
        return store.find(id.value()).filter(found -> found.contour() == contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "request"));
    }

    /** As {@link #get(RequestId, Contour)}, for whoever sees those of one participant only: others' are unknown to it (ACC-61). */
    public RequestView get(RequestId id, Contour contour, Optional<ParticipantId> own) {
        RequestView request = get(id, contour);
        if (own.filter(one -> !one.equals(request.participant())).isPresent()) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "request");
        }
        return request;
    }

    /** In what it differs from the refused one that it follows; of one that follows none, nothing (ACC-48). */
    public List<RequestChange> changes(RequestView request) {
        return request.previous().map(previous -> resubmission.changes(store.find(previous.value()).orElseThrow(), request)).orElseGet(List::of);
    }

    /** What its applicant has to answer now. */
    public Optional<String> questions(RequestView request) {
        return request.state() == RequestState.INFO_NEEDED ? store.questions(request.id().value()) : Optional.empty();
    }

    /** The newest first, of one participant or of all. */
    public List<RequestView> list(Contour contour, Optional<ParticipantId> participant, Optional<Long> beforeNumber, int limit) {
        return store.list(contour, participant, beforeNumber.orElse(Long.MAX_VALUE), Math.max(1, Math.min(limit, PAGE_MAX)));
    }

    /** What waited for the agreement is owed from now on (§6); what is counted already, from an earlier agreement or a receipt, stays as it is (ACC-21). */
    public void follow(@Observes AgreementBeingSigned news) {
        store.queueForAgreement(news.participant(), news.procedure());
        for (RequestView request : store.awaitingProduction(news.participant(), news.procedure())) {
            Procedure procedure = procedures.get(request.procedure(), request.version());
            DeadlineRule rule = RequestSteps.decisionRule(request);
            if (procedure.deadline(rule).filter(DeadlineTerm::fromAgreement).isPresent()
                    && obligations.of(RequestSteps.about(request)).stream().noneMatch(one -> one.rule() == rule && one.closedAt().isEmpty())) {
                steps.open(request, procedure, rule, news.at());
            }
        }
    }

    static Set<String> codes(List<ChecklistItem> items) {
        return items.stream().map(ChecklistItem::code).collect(Collectors.toSet());
    }

    private static String named(List<Cause> causes) {
        return causes.stream().map(Cause::code).distinct().collect(Collectors.joining(", "));
    }

    private static void requireCauses(List<Cause> causes) {
        if (causes.isEmpty() || causes.size() > 100) {
            throw Refusal.of(RequestRefusal.CAUSES_MISSING, "causes");
        }
    }
}
