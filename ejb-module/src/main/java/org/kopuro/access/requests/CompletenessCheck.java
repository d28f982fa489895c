package org.kopuro.access.requests;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.companies.Companies;
import org.kopuro.companies.CompanyView;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.Participants;

/**
 * Begins an official's completeness check with what a register knows of the applicant (ACC-5, ACC-47). Outside a transaction: a register of another agency may take its
 * time, and nothing is locked meanwhile. Whatever it says or fails to say, the request is taken up.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CompletenessCheck {

    /** The item that the register helps with. */
    static final String ITEM = "TAX_REGISTRATION";

    @Inject
    private Requests requests;
    @Inject
    private CompanyFindings findings;
    @Inject
    private Companies companies;
    @Inject
    private Participants participants;
    @Inject
    private Clock clock;

    /** Takes the request up for consideration (ACC-T02), and asks the register about its applicant. */
    public RequestView confirm(RequestId id, Contour contour, Optional<String> note, Actor by) {
        RequestView confirmed = requests.confirm(id, contour, note, by);
        ask(confirmed, by);
        return confirmed;
    }

    /** Asks again, as when the register did not answer; empty where the request is not considered, or needs no such word. */
    public Optional<CompanyFinding> ask(RequestId id, Contour contour, Actor by) {
        return ask(requests.get(id, contour), by);
    }

    private Optional<CompanyFinding> ask(RequestView request, Actor by) {
        if (request.state() != RequestState.ACCEPTED || request.kind() != RequestKind.CONNECT || requests.checklist(request).stream().noneMatch(item -> item.code().equals(ITEM))) {
            return Optional.empty();
        }
        CompanyFinding finding = found(request, by);
        findings.record(request, finding, by);
        return Optional.of(finding);
    }

    private CompanyFinding found(RequestView request, Actor by) {
        Optional<Inn> inn = participants.get(request.participant()).inn().map(Inn::new).or(request.particulars()::inn);
        if (inn.isEmpty()) {
            return notAsked(RequestRefusal.PARTICIPANT_INN_MISSING.name());
        }
        try {
            CompanyView company = companies.check(request.contour(), inn.get(), "№ " + request.number(), by);
            return new CompanyFinding(CompanyFinding.Outcome.valueOf(company.state().name()), Optional.of(company.source()), Optional.of(company.check()), Optional.empty(), company.checkedAt());
        } catch (Refusal e) {
            return notAsked(e.code().name());
        }
    }

    private CompanyFinding notAsked(String reason) {
        return new CompanyFinding(CompanyFinding.Outcome.NOT_ASKED, Optional.empty(), Optional.empty(), Optional.of(reason), clock.instant());
    }
}
