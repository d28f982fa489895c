package org.kopuro.companies;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Checks, in transactions of their own. */
@Stateless
public class CompanyRecords {

    @Inject
    private Ledger ledger;

    public void checked(Contour contour, CompanyView found, String reason, Actor by) {
        ledger.record(LedgerEvent.itself("companies.checked", 1, Optional.of(contour), "company_check", found.check(), found.checkedAt()).with("source", found.source())
                .with("state", found.state()).with("call", found.call()).with("actor", by.account()).with("actorRole", by.role()).personal("subject", found.inn().digits())
                .personal("reason", reason));
    }
}
