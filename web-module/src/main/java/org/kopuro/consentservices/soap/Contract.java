package org.kopuro.consentservices.soap;

import jakarta.activation.DataHandler;
import java.util.UUID;
import org.kopuro.consent.UsageView;
import org.kopuro.consent.forms.FormView;
import org.kopuro.consent.forms.TransferResult;
import org.kopuro.consentservices.ConsentServices;
import org.kopuro.consentservices.ReceiptFound;
import org.kopuro.consentservices.UsageFound;
import org.kopuro.contract.consent.v1.FormStanding;
import org.kopuro.contract.consent.v1.LedgerReceipt;
import org.kopuro.contract.consent.v1.Told;
import org.kopuro.contract.consent.v1.TransferOutcome;
import org.kopuro.contract.consent.v1.TransferredFile;
import org.kopuro.contract.consent.v1.Usage;
import org.kopuro.contract.consent.v1.Usages;
import org.kopuro.documents.DocumentView;
import org.kopuro.exchange.soap.AnswerFile;
import org.kopuro.exchange.soap.ContractTime;
import org.kopuro.kernel.Language;

/** What the facade told as types of the contract. */
final class Contract {

    private Contract() {
    }

    static TransferOutcome result(TransferResult result) {
        TransferOutcome out = new TransferOutcome();
        out.setResult(result.result().name());
        result.problem().map(Enum::name).ifPresent(out::setProblem);
        for (Language language : Language.values()) {
            Told told = new Told();
            told.setLanguage(language.tag());
            told.setSentence(result.sentence(language));
            told.setWhatToDo(result.whatToDo(language));
            out.getExplanation().add(told);
        }
        out.setForm(standing(result.form()));
        return out;
    }

    /** The file goes beside the answer, as the question came. */
    static TransferredFile file(ConsentServices.FormFile told, boolean mtom) {
        DocumentView document = told.content().view();
        TransferredFile out = new TransferredFile();
        out.setId(told.form().id().value().toString());
        out.setNumber(told.form().number());
        out.setFileName(document.fileName());
        out.setMediaType(document.type().mediaType());
        out.setOctets(document.size());
        out.setSha256(document.sha256());
        DataHandler file = new DataHandler(AnswerFile.of(told.content()));
        if (mtom) {
            out.setFile(file);
        } else {
            out.setFileReference(file);
        }
        return out;
    }

    static FormStanding standing(FormView form) {
        FormStanding out = new FormStanding();
        out.setId(form.id().value().toString());
        out.setNumber(form.number());
        out.setState(form.state().name());
        form.cause().ifPresent(out::setCause);
        out.setReceivedAt(ContractTime.moment(form.receivedAt()));
        form.expiresAt().map(ContractTime::moment).ifPresent(out::setExpiresAt);
        form.endedAt().map(ContractTime::moment).ifPresent(out::setEndedAt);
        out.setPaused(form.paused());
        out.getService().addAll(form.services());
        form.keptMonths().ifPresent(out::setKeptMonths);
        form.keepUntil().map(ContractTime::day).ifPresent(out::setKeepUntil);
        return out;
    }

    static Usages usages(UsageFound found) {
        Usages out = new Usages();
        for (UsageView use : found.uses()) {
            Usage usage = new Usage();
            usage.setLogtime(ContractTime.moment(use.at()));
            usage.setAction(found.action(use));
            usage.setReceiver(use.receiver());
            usage.setReceiverName(use.participantName());
            usage.setDataSet(use.service());
            use.issue().ifPresent(usage::setIssue);
            use.userId().ifPresent(usage::setUserId);
            usage.setConsentKind(use.kind().name());
            use.consentId().map(UUID::toString).ifPresent(usage::setConsentId);
            use.periodFrom().map(ContractTime::day).ifPresent(usage::setPeriodFrom);
            use.periodTo().map(ContractTime::day).ifPresent(usage::setPeriodTo);
            usage.setOutcome(use.outcome());
            usage.setRecords(use.records());
            usage.setLedgerEntry(use.occurrence().toString());
            out.getUsage().add(usage);
        }
        found.next().map(String::valueOf).ifPresent(out::setNext);
        return out;
    }

    static LedgerReceipt receipt(ReceiptFound found) {
        LedgerReceipt out = new LedgerReceipt();
        out.setReceipt(found.receipt());
        return out;
    }
}
