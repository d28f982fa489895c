package org.kopuro.exchange.soap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Exchange;
import org.kopuro.kernel.Refusal;

/** Answers applicants' calls: what the work refused is undone by now, and is recorded before it is told (CON-111). */
@ApplicationScoped
public class RecordedRefusals {

    @Inject
    private Exchange exchange;

    public <T> Answer<T> of(Call call, Supplier<Answer<T>> work) {
        try {
            return work.get();
        } catch (Refusal refusal) {
            return exchange.refuse(call, refusal);
        }
    }
}
