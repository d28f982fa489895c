package org.kopuro.access.requests;

import java.util.List;
import java.util.Optional;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * What a request is to do for its contour, and under which decrees, as the applicant's form says it (ACC-42).
 *
 * @param decrees their codes, in their order; empty where the form names none
 * @param action  of the form, which is to say the same as the kind of request
 */
public record UnderDecrees(List<String> decrees, Optional<Action> action) {

    public static final UnderDecrees NONE = new UnderDecrees(List.of(), Optional.empty());

    private static final int DECREES_MAX = 20;
    private static final int CODE_MAX = 32;

    /** What the form lets an applicant want. */
    public enum Action {
        CONNECT, DISCONNECT
    }

    public UnderDecrees {
        if (decrees.size() > DECREES_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "decrees", DECREES_MAX);
        }
        decrees = decrees.stream().map(code -> Input.text(code, "decrees", CODE_MAX)).sorted().toList();
        if (decrees.stream().distinct().count() < decrees.size()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "decrees");
        }
    }

    /** As a form says it that has a field for each. */
    public static UnderDecrees of(List<String> decrees, Optional<String> action) {
        return new UnderDecrees(decrees, action.map(name -> Input.oneOf(Action.class, name, "action")));
    }

    void refuseUnfit(RequestKind kind) {
        boolean of = kind == RequestKind.CONNECT || kind == RequestKind.DISCONNECT;
        if (!of && !decrees.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "decrees");
        }
        if (action.filter(wanted -> !wanted.name().equals(kind.name())).isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "action");
        }
    }
}
