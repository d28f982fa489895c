package org.kopuro.representation.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.representation.Acting;
import org.kopuro.representation.MandateId;
import org.kopuro.representation.Mandates;

/**
 * For whom the signed-in person says to act, by two headers: {@value #HEAD_OF} with the INN of an organisation, {@value #MANDATE} with a mandate's id, both where the head of a firm acts under the
 * firm's mandate; himself without them. Headers, because addresses are logged and an INN is personal.
 */
@RequestScoped
public class ActsFor {

    static final String HEAD_OF = "Kopuro-Head-Of";
    static final String MANDATE = "Kopuro-Mandate";

    @Inject
    private Person person;
    @Inject
    private HttpServletRequest request;
    @Inject
    private Mandates mandates;

    /** As he says; whoever acts on it finds out whether he may. */
    public Acting acting() {
        SignedIn who = person.signedIn();
        return new Acting(who.contour(), who.taxpayer().orElseThrow(), header(HEAD_OF).map(inn -> Inn.of(inn, HEAD_OF)), header(MANDATE).map(id -> new MandateId(Input.uuid(id, MANDATE))));
    }

    /** Where nobody acts under a mandate: the signed-in taxpayer, or the organisation whose head he is. */
    public Inn himself() {
        return mandates.himself(acting()).taxpayer();
    }

    private Optional<String> header(String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() > 1) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, name);
        }
        return values.stream().findFirst();
    }
}
