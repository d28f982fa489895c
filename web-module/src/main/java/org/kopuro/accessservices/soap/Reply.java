package org.kopuro.accessservices.soap;

import java.util.function.Consumer;
import org.kopuro.access.AccessRefusal;
import org.kopuro.contract.access.v1.Explanation;
import org.kopuro.contract.access.v1.Fault;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.soap.SoapCall;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * Where an answer goes: what was told into the response; what the rules say no to into the response's fault element; that nobody knows who calls, or what,
 * into a SOAP Fault.
 */
final class Reply {

    private Reply() {
    }

    static <T> void to(Answer<T> answer, Consumer<T> response, Consumer<Fault> fault) {
        SoapCall.settle(answer, code -> code == AccessRefusal.SERVICE_UNKNOWN, response, refused -> fault.accept(fault(refused)));
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
        fault.setOccurrence(refused.occurrence().toString());
        return fault;
    }
}
