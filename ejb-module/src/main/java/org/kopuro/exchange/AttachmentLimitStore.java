package org.kopuro.exchange;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;

@Dependent
class AttachmentLimitStore {

    @Inject
    private Sql sql;

    Optional<AttachmentLimit> find(Contour contour, String service) {
        return sql.first("select count_max, megabytes_max from exchange.attachment_limit where contour = ? and service_code = ?",
                row -> new AttachmentLimit(row.number("count_max"), row.number("megabytes_max")), contour, service);
    }

    /** To which contour a credential belongs, whether or not it is in force: admission decides that. */
    Optional<Contour> contour(Credential credential) {
        return sql.first("""
                select contour from participants.certificate where thumbprint = ? and purpose = 'SIGNING' and not ?
                union all
                select contour from exchange.gateway where thumbprint = ? and ?""",
                row -> row.as(Contour.class, "contour"), credential.thumbprint(), credential.gateway(), credential.thumbprint(), credential.gateway());
    }
}
