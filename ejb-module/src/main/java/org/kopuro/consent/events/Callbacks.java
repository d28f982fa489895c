package org.kopuro.consent.events;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Optional;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.SubsystemId;

/** Where subsystems listen for consent events. The authority registers an address: it is the one that calls there. */
@Stateless
public class Callbacks {

    @Inject
    private CallbackStore store;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public void register(SubsystemId subsystem, Contour contour, String url, Actor by) {
        String address = Input.text(url, "url", 500);
        refuseUnfit(address, contour);
        store.put(subsystem, contour, address, clock.instant(), by);
        tell("REGISTER", subsystem, contour, by);
    }

    public void remove(SubsystemId subsystem, Contour contour, Actor by) {
        if (!store.remove(subsystem, contour)) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "callback");
        }
        tell("REMOVE", subsystem, contour, by);
    }

    public Optional<String> of(SubsystemId subsystem, Contour contour) {
        return store.find(subsystem, contour);
    }

    private static void refuseUnfit(String url, Contour contour) {
        try {
            URI uri = new URI(url);
            boolean secure = "https".equals(uri.getScheme()) || contour == Contour.TEST && "http".equals(uri.getScheme());
            if (secure && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            // Refused below.
        }
        throw Refusal.of(InputRefusal.FIELD_INVALID, "url");
    }

    private void tell(String event, SubsystemId subsystem, Contour contour, Actor by) {
        ledger.record(LedgerEvent.of("consent.callback_changed", 1, contour, "subsystem", subsystem.value(), clock.instant()).with("event", event)
                .with("actor", by.account()).with("actorRole", by.role()));
    }
}
