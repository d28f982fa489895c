package org.kopuro.access.procedures;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Reads procedures. Whoever judges something asks for the version of the day on which it began, and keeps its number. */
@Stateless
public class Procedures {

    @Inject
    private ProcedureStore store;

    /**
     * The version of the day, in the procedure's own zone, on which the moment lies.
     *
     * @throws Refusal NOT_FOUND where there is no such procedure, or it was not in force then
     */
    public Procedure inForce(String code, Instant moment) {
        return store.rows().inForce(code, moment).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "procedure"));
    }

    /** A version that something refers to. */
    public Procedure get(String code, int version) {
        return store.rows().version(code, version).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "procedure"));
    }

    /** The newest first; for everybody to read (ACC-22). */
    public List<Procedure> versions(String code) {
        List<Procedure> versions = store.rows().versions(code);
        if (versions.isEmpty()) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "procedure");
        }
        return versions;
    }

    /** By whose days a procedure is counted, in all its versions. */
    public String calendar(String code) {
        return store.rows().calendar(code).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "procedure"));
    }

    /** On which its first version took effect. */
    public LocalDate firstDay(String code) {
        return store.rows().firstDay(code).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "procedure"));
    }

    /** A version as the JSON document that it can be published from, once number and first day are another one's. */
    public String document(String code, int version) {
        return ProcedureDocument.write(get(code, version));
    }

    public List<String> codes() {
        return store.rows().codes();
    }
}
