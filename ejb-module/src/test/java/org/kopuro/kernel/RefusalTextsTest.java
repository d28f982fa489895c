package org.kopuro.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Collection;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.agreements.AgreementRefusal;
import org.kopuro.access.catalogue.CatalogueRefusal;
import org.kopuro.access.contracts.ContractRefusal;
import org.kopuro.access.credentials.CredentialRefusal;
import org.kopuro.access.decrees.DecreeRefusal;
import org.kopuro.access.duties.DutyRefusal;
import org.kopuro.access.exemptions.ExemptionRefusal;
import org.kopuro.access.monitoring.SignalRuleRefusal;
import org.kopuro.access.products.ProductRefusal;
import org.kopuro.access.procedures.ProcedureRefusal;
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.accounts.AccountRefusal;
import org.kopuro.calendar.CalendarRefusal;
import org.kopuro.access.conformance.ConformanceRefusal;
import org.kopuro.companies.CompanyRefusal;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.complaints.ComplaintRefusal;
import org.kopuro.consent.forms.FormRefusal;
import org.kopuro.consent.forms.FormResult;
import org.kopuro.consent.forms.SignatureProblem;
import org.kopuro.consent.forms.batches.BatchRefusal;
import org.kopuro.consent.portals.PortalRefusal;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.exchange.ExchangeRefusal;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.exchange.closures.ClosureRefusal;
import org.kopuro.exchange.evidence.EvidenceRefusal;
import org.kopuro.exchange.metaservices.MetaserviceRefusal;
import org.kopuro.exchange.repetition.RepetitionRefusal;
import org.kopuro.ledger.LedgerRefusal;
import org.kopuro.loans.LoanRefusal;
import org.kopuro.loans.programmes.ProgrammeRefusal;
import org.kopuro.loans.headcount.HeadcountRefusal;
import org.kopuro.loans.listing.ListingRefusal;
import org.kopuro.loans.imports.ImportRefusal;
import org.kopuro.notices.NoticeRefusal;
import org.kopuro.outgoing.PeerRefusal;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.registers.borrowers.IdentifierProblem;
import org.kopuro.registers.bulk.LoadRefusal;
import org.kopuro.representation.MandateRefusal;
import org.kopuro.taxservices.TaxRefusal;

/** Each code has a sentence and an advice in three languages, and no bundle has a text that no code uses. */
class RefusalTextsTest {

    static Stream<List<RefusalCode[]>> capabilities() {
        return Stream.of(List.of(InnRefusal.values(), InputRefusal.values()), List.<RefusalCode[]>of(ParticipantRefusal.values()),
                List.<RefusalCode[]>of(AccessRefusal.values()), List.<RefusalCode[]>of(AccountRefusal.values()),
                List.<RefusalCode[]>of(CredentialRefusal.values()), List.<RefusalCode[]>of(RequestRefusal.values()), List.<RefusalCode[]>of(ProcedureRefusal.values()), List.<RefusalCode[]>of(DutyRefusal.values()), List.<RefusalCode[]>of(ConsentRefusal.values()),
                List.of(FormResult.values(), SignatureProblem.values(), FormRefusal.values()), List.<RefusalCode[]>of(PortalRefusal.values()), List.<RefusalCode[]>of(ComplaintRefusal.values()), List.<RefusalCode[]>of(BatchRefusal.values()), List.<RefusalCode[]>of(ImportRefusal.values()),
                List.<RefusalCode[]>of(ProductRefusal.values()), List.<RefusalCode[]>of(ExemptionRefusal.values()), List.<RefusalCode[]>of(DecreeRefusal.values()), List.<RefusalCode[]>of(LoanRefusal.values()),
                List.<RefusalCode[]>of(CatalogueRefusal.values()), List.<RefusalCode[]>of(SignalRuleRefusal.values()), List.<RefusalCode[]>of(ContractRefusal.values()),
                List.of(IdentityRefusal.values(), ExchangeRefusal.values()), List.<RefusalCode[]>of(ClosureRefusal.values()), List.<RefusalCode[]>of(RepetitionRefusal.values()), List.<RefusalCode[]>of(TaxRefusal.values()),
                List.<RefusalCode[]>of(MandateRefusal.values()),
                List.<RefusalCode[]>of(HeadcountRefusal.values()),
                List.<RefusalCode[]>of(PeerRefusal.values()), List.<RefusalCode[]>of(CompanyRefusal.values()),
                List.<RefusalCode[]>of(EvidenceRefusal.values()), List.<RefusalCode[]>of(MetaserviceRefusal.values()), List.<RefusalCode[]>of(LoadRefusal.values()), List.<RefusalCode[]>of(IdentifierProblem.values()), List.<RefusalCode[]>of(LedgerRefusal.values()),
                List.<RefusalCode[]>of(CalendarRefusal.values()), List.<RefusalCode[]>of(DocumentRefusal.values()), List.<RefusalCode[]>of(ConformanceRefusal.values()),
                List.<RefusalCode[]>of(NoticeRefusal.values()), List.<RefusalCode[]>of(AgreementRefusal.values()), List.<RefusalCode[]>of(ProgrammeRefusal.values()), List.<RefusalCode[]>of(ListingRefusal.values()));
    }

    @ParameterizedTest
    @MethodSource("capabilities")
    void areCompleteInEveryLanguage(List<RefusalCode[]> enums) {
        Set<String> expected = new TreeSet<>();
        List<RefusalCode> codes = enums.stream().flatMap(Stream::of).toList();
        codes.forEach(code -> expected.addAll(Set.of(code.name(), code.name() + ".do")));
        for (Language language : Language.values()) {
            ResourceBundle bundle = ResourceBundle.getBundle(codes.get(0).getDeclaringClass().getPackageName() + ".refusals", language.locale(),
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            assertEquals(expected, new TreeSet<>((Collection<String>) bundle.keySet()), language.tag());
            // An apostrophe starts a quotation in a message format and would swallow what follows.
            bundle.keySet().forEach(key -> assertFalse(bundle.getString(key).contains("'"), key));
        }
    }
}
