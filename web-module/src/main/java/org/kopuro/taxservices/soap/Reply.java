package org.kopuro.taxservices.soap;

import java.util.function.Consumer;
import org.kopuro.access.AccessRefusal;
import org.kopuro.contract.tax.v1.Explanation;
import org.kopuro.contract.tax.v1.Fault;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.soap.ContractTime;
import org.kopuro.exchange.soap.SoapCall;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * Where an answer goes: data into the response; a refusal of consent or of the question into the response's fault element, as
 * X-Road wants business errors told; a refusal of identity or access into a SOAP Fault, as a Security Server would.
 */
final class Reply {

    private Reply() {
    }

    static <T> void to(Answer<T> answer, Consumer<T> response, Consumer<Fault> fault) {
        SoapCall.settle(answer, AccessRefusal.class::isInstance, response, refused -> fault.accept(fault(refused)));
    }

    private static Fault fault(Answer.Refused<?> refused) {
        Refusal refusal = refused.refusal();
        Fault fault = new Fault();
        fault.setFaultCode(refusal.code().name());
        fault.setFaultString(refusal.sentence(refused.correspondent().language()));
        fault.setField(refusal.field());
        for (Language language : Language.values()) {
            Explanation explanation = new Explanation();
            explanation.setLanguage(language.tag());
            explanation.setSentence(refusal.sentence(language));
            explanation.setWhatToDo(refusal.whatToDo(language));
            fault.getExplanation().add(explanation);
        }
        refused.consentId().ifPresent(id -> fault.setConsentId(id.toString()));
        refused.since().ifPresent(since -> fault.setSince(ContractTime.moment(since)));
        fault.setOccurrence(refused.occurrence().toString());
        return fault;
    }
}
