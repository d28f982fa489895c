package org.kopuro.exchange.edge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;
import org.kopuro.access.AccessRefusal;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Exchange;
import org.kopuro.kernel.Refusal;

/** Refusals of calls that an edge or an applicant's work decides: recorded before they are told (CON-111). */
@ApplicationScoped
public class RecordedRefusals {

    @Inject
    private Exchange exchange;

    /** Answers applicants' calls: what the work refused is undone by now, and is recorded. */
    public <T> Answer<T> of(Call call, Supplier<Answer<T>> work) {
        try {
            return work.get();
        } catch (Refusal refusal) {
            return exchange.refuse(call, refusal);
        }
    }

    /**
     * Refuses a call that cannot be answered, whoever sent it. The caller is authenticated, and where the service presupposes access may call, before it learns why.
     *
     * @param versionForApplicants of the services where the call arrived; empty where calling presupposes a connection and a right
     */
    public Answer<?> outright(Call call, Optional<String> versionForApplicants, Refusal refusal) {
        if (versionForApplicants.isPresent()) {
            return of(call, () -> exchange.answerApplicant(call, versionForApplicants.get(), applicant -> {
                throw refusal;
            }, value -> 0));
        }
        return exchange.answer(call, () -> {
            throw refusal;
        }, (contour, asked) -> Optional.empty(), AccessRefusal.SERVICE_UNKNOWN, value -> 0);
    }
}
