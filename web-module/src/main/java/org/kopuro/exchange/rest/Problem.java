package org.kopuro.exchange.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.agreements.AgreementRefusal;
import org.kopuro.access.catalogue.CatalogueRefusal;
import org.kopuro.access.conformance.ConformanceRefusal;
import org.kopuro.access.credentials.CredentialRefusal;
import org.kopuro.access.duties.DutyRefusal;
import org.kopuro.access.exemptions.ExemptionRefusal;
import org.kopuro.access.monitoring.SignalRuleRefusal;
import org.kopuro.access.procedures.ProcedureRefusal;
import org.kopuro.access.products.ProductRefusal;
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.accounts.AccountRefusal;
import org.kopuro.calendar.CalendarRefusal;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.portals.PortalRefusal;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.exchange.closures.ClosureRefusal;
import org.kopuro.exchange.evidence.EvidenceRefusal;
import org.kopuro.exchange.repetition.RepetitionRefusal;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.ledger.LedgerRefusal;
import org.kopuro.notices.NoticeRefusal;
import org.kopuro.outgoing.PeerRefusal;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.representation.MandateRefusal;
import org.kopuro.consent.complaints.ComplaintRefusal;
import org.kopuro.access.decrees.DecreeRefusal;

/** Problem details (RFC 9457): {@code code} and {@code field} for programs, {@code detail} and {@code whatToDo} for people. */
public final class Problem {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final Set<RefusalCode> CONFLICTS = Set.of(InputRefusal.TRANSITION_NOT_ALLOWED, ParticipantRefusal.PARTICIPANT_ALREADY_REGISTERED,
            ParticipantRefusal.SUBSYSTEM_ALREADY_REGISTERED, ParticipantRefusal.CERTIFICATE_ALREADY_REGISTERED, AccessRefusal.ACCESS_RIGHT_OVERLAPS,
            AccessRefusal.PARTICIPANT_NOT_CONNECTED, AccessRefusal.PARTICIPANT_SUSPENDED, AccessRefusal.PARTICIPANT_DISCONNECTED,
            AccessRefusal.ALREADY_CONNECTED, AccessRefusal.APPROVAL_REQUIRED, AccessRefusal.AGREEMENT_MISSING, AccessRefusal.SUSPENDED_FOR_ANOTHER_CAUSE, AccessRefusal.LIQUIDATION_NOT_KNOWN,
            AgreementRefusal.AGREEMENT_NUMBER_TAKEN, AgreementRefusal.AGREEMENT_OVERLAPS, RequestRefusal.REQUEST_OPEN_ALREADY, RequestRefusal.CHECKLIST_INCOMPLETE,
            RequestRefusal.JOINT_TEST_NOT_PASSED, RequestRefusal.TESTED_VERSION_SUPERSEDED, AccessRefusal.JOINT_TEST_MISSING, AccessRefusal.STOPPING_NOT_SHOWN, AccessRefusal.INCIDENT_UNFIT, ConformanceRefusal.REPORT_REUSED,
            RequestRefusal.PROPOSED_ALREADY, RequestRefusal.EXIT_NOT_REFUSABLE, RequestRefusal.DESIRED_DAY_NOT_COME, NoticeRefusal.DELIVERY_ALREADY_REPLACED, DutyRefusal.OUTAGE_OVERLAPS,
            DutyRefusal.NO_OPEN_OUTAGE, ClosureRefusal.CLOSED_ALREADY, ClosureRefusal.OPEN_ALREADY, RepetitionRefusal.RULE_CHANGED_MEANWHILE, CatalogueRefusal.ENTRY_CHANGED_MEANWHILE, CatalogueRefusal.VERSION_IN_THE_MAKING, CatalogueRefusal.VERSION_NO_DRAFT,
            CatalogueRefusal.CONTRACT_FILE_TWICE, CatalogueRefusal.CHANGE_NOT_ANNOUNCED, CatalogueRefusal.NOT_SERVED_IN_TEST, CatalogueRefusal.VERSION_NOT_IMPLEMENTED, SignalRuleRefusal.SIGNAL_RULE_CHANGED_MEANWHILE, CatalogueRefusal.SERVED_IN_PRODUCTION, CatalogueRefusal.SERVICE_CODE_TAKEN, CatalogueRefusal.ONLY_WHAT_WAS_SERVED_IS_RECORDED, CatalogueRefusal.TEXT_PUBLISHED_ALREADY,
            CatalogueRefusal.TEXT_DATED_OTHERWISE, CatalogueRefusal.TEXT_VERSION_SKIPPED, ProductRefusal.PRODUCT_NAME_TAKEN, ProductRefusal.PRODUCT_DOCUMENT_NUMBER_TAKEN, ProductRefusal.PRODUCT_MISSING,
            ProductRefusal.PRODUCT_DOCUMENTS_MISSING, ExemptionRefusal.EXEMPTION_RECORDED_ALREADY, ProcedureRefusal.PROCEDURE_VERSION_TAKEN, ProcedureRefusal.PROCEDURE_PROPOSED_ALREADY, NoticeRefusal.TEMPLATE_ALREADY_PUBLISHED,
            NoticeRefusal.TEMPLATE_PROPOSED_ALREADY, AccountRefusal.LOGIN_TAKEN,
            AccountRefusal.OWN_ACCOUNT, AccountRefusal.NODE_NOT_CONNECTED, LedgerRefusal.ENTRY_NOT_YET_IN_TREE, ConsentRefusal.PAUSED_ALREADY, ConsentRefusal.NOT_PAUSED,
            ConsentRefusal.TOKEN_REPLACED_ALREADY, ConsentRefusal.TOKEN_OWN_ALREADY, MandateRefusal.MANDATE_EXISTS, PortalRefusal.PORTAL_NAMED_ALREADY,
            ComplaintRefusal.COMPLAINT_WAITS_ALREADY, ComplaintRefusal.COMPLAINT_ANSWERED_ALREADY,
            DecreeRefusal.DECREE_REGISTERED_ALREADY, DecreeRefusal.DECREE_EDITION_OUT_OF_ORDER, DecreeRefusal.DECREE_MATTER_NOT_OPEN);
    private static final Set<RefusalCode> FORBIDDEN = Set.of(PortalRefusal.NO_PORTAL, RequestRefusal.OWN_PROPOSAL, CatalogueRefusal.ENTRY_OF_ANOTHER_OWNER, ExemptionRefusal.EXEMPTION_SECOND_OFFICIAL, ExemptionRefusal.EXEMPTION_BY_PRODUCTION, CatalogueRefusal.CATALOGUE_BY_PRODUCTION, SignalRuleRefusal.SIGNAL_RULE_BY_PRODUCTION, ParticipantRefusal.SPEECH_OF_PRODUCTION,
            ProductRefusal.PRODUCT_IN_PRODUCTION, ProcedureRefusal.PROCEDURE_OWN_PROPOSAL, ProcedureRefusal.PROCEDURE_NOT_OF_THIS_CONTOUR, CalendarRefusal.CALENDAR_NOT_OF_THIS_CONTOUR,
            NoticeRefusal.TEMPLATE_OWN_PROPOSAL, NoticeRefusal.TEMPLATE_NOT_OF_THIS_CONTOUR, RequestRefusal.APPROVER_ONLY, AccountRefusal.ADMINISTRATOR_ONLY,
            AccountRefusal.ACCOUNT_NO_LONGER_ACTIVE, AccountRefusal.SECRET_REPLACED, AccountRefusal.ACCOUNT_OF_NO_SUBSYSTEM, NoticeRefusal.SECRET_TO_ANOTHER_ADDRESS, CredentialRefusal.LINK_NOT_VALID, CredentialRefusal.CERTIFICATE_BY_THE_AUTHORITY,
            CredentialRefusal.CHALLENGE_NOT_VALID, CredentialRefusal.POSSESSION_NOT_PROVED, MandateRefusal.MANDATE_NOT_IN_FORCE, MandateRefusal.NOT_THE_HEAD, MandateRefusal.ONLY_TAXPAYER,
            MandateRefusal.ONLY_GRANTOR, MandateRefusal.ONLY_REPRESENTATIVE, MandateRefusal.RIGHT_NOT_IN_MANDATE, MandateRefusal.SERVICE_NOT_IN_MANDATE,
            DecreeRefusal.DECREE_NOT_OF_THIS_CONTOUR);
    private static final Set<RefusalCode> NOT_THERE = Set.of(InputRefusal.NOT_FOUND, LedgerRefusal.NOT_IN_TREE, LedgerRefusal.CHECKPOINT_UNKNOWN);
    private static final Set<RefusalCode> TOO_MANY = Set.of(ConsentRefusal.ISSUES_TOO_MANY, ConsentRefusal.TOKENS_TOO_MANY, AccountRefusal.ACCOUNTS_TOO_MANY,
            CredentialRefusal.LINKS_TOO_MANY, CredentialRefusal.CERTIFICATES_TOO_MANY, CredentialRefusal.CHALLENGES_TOO_MANY, AccessRefusal.RATE_LIMITED,
            MandateRefusal.MANDATES_TOO_MANY, MandateRefusal.GROUNDS_TOO_MANY,
            ComplaintRefusal.COMPLAINTS_TOO_MANY);

    private static final Map<RefusalCode, Integer> EVIDENCE = Map.of(EvidenceRefusal.EVIDENCE_NOT_KEPT, 409, EvidenceRefusal.EVIDENCE_RETENTION_OVER, 410,
            EvidenceRefusal.EVIDENCE_ALTERED, 409, EvidenceRefusal.EVIDENCE_KEY_MISSING, 503, EvidenceRefusal.EVIDENCE_TIME_STAMP_UNAVAILABLE, 503);

    /** Somebody else failed, or is not asked for now. */
    private static final Map<RefusalCode, Integer> PEERS = Map.of(PeerRefusal.PEERS_NOT_SET, 503, PeerRefusal.PEER_RESTING, 503, PeerRefusal.PEER_BUSY, 503, PeerRefusal.PEER_TIMED_OUT, 504);

    private Problem() {
    }

    public static int status(RefusalCode code) {
        if (NOT_THERE.contains(code)) {
            return 404;
        }
        if (code == InputRefusal.REQUEST_TOO_LARGE || code == DocumentRefusal.DOCUMENT_TOO_LARGE || code == CalendarRefusal.FILE_TOO_LARGE) {
            return 413;
        }
        if (CONFLICTS.contains(code)) {
            return 409;
        }
        if (FORBIDDEN.contains(code)) {
            return 403;
        }
        if (TOO_MANY.contains(code)) {
            return 429;
        }
        if (code instanceof PeerRefusal) {
            return PEERS.getOrDefault(code, 502);
        }
        return EVIDENCE.getOrDefault(code, code instanceof InputRefusal ? 400 : 422);
    }

    static JsonObject of(Refusal refusal, Language language, UUID occurrence) {
        JsonObjectBuilder problem = Json.createObjectBuilder()
                .add("type", "urn:kopuro:refusal:" + refusal.code().name())
                .add("title", refusal.code().name())
                .add("status", status(refusal.code()))
                .add("code", refusal.code().name());
        if (refusal.field() != null) {
            problem.add("field", refusal.field());
        }
        return problem.add("detail", refusal.sentence(language)).add("whatToDo", refusal.whatToDo(language))
                .add("occurrence", occurrence.toString()).build();
    }

    /** Something that is not a refusal of ours: a status of the server, with its own stable code. */
    static JsonObject of(int status, String code, Language language, UUID occurrence) {
        ResourceBundle statuses = ResourceBundle.getBundle(Problem.class.getPackageName() + ".statuses", language.locale(), Problem.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        String text = statuses.containsKey(code) ? code : "OTHER";
        return Json.createObjectBuilder().add("type", "about:blank").add("title", code).add("status", status).add("code", code)
                .add("detail", statuses.getString(text)).add("whatToDo", statuses.getString(text + ".do")).add("occurrence", occurrence.toString()).build();
    }

    /** The first language that the caller prefers and we speak. */
    static Language language(List<Locale> accepted) {
        for (Locale locale : accepted) {
            for (Language language : Language.values()) {
                if (locale.getLanguage().equals(language.tag())) {
                    return language;
                }
            }
        }
        return Language.RU;
    }
}
