package org.kopuro.access.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.Permitted;

/** Where one path takes events of several people (10.2): whose each of them is. */
class EventsAndRolesTest {

    @Test
    void suspensionIsTheSecurityOfficersAndTerminationTheAgreementsOfficers() {
        assertEquals(new TreeMap<>(Map.of("ANNOUNCE_SUSPENSION", Role.SECURITY_OFFICER, "WITHDRAW_SUSPENSION", Role.SECURITY_OFFICER, "SUSPEND", Role.SECURITY_OFFICER,
                "FORCE_DISCONNECTION", Role.SECURITY_OFFICER, "ANNOUNCE_TERMINATION", Role.AGREEMENTS_OFFICER, "WITHDRAW_TERMINATION", Role.AGREEMENTS_OFFICER, "LIQUIDATE", Role.OPERATOR)),
                Stream.of(ConnectionEvent.values()).filter(event -> ConnectionsResource.role(event).isPresent())
                        .collect(Collectors.toMap(ConnectionEvent::name, event -> ConnectionsResource.role(event).get(), (one, other) -> one, TreeMap::new)));
    }

    @Test
    void thePathIsForAllOfThemAndNobodyElse() throws NoSuchMethodException {
        Set<Role> roles = Arrays.stream(ConnectionEvent.values()).map(ConnectionsResource::role).flatMap(Optional::stream).collect(Collectors.toSet());
        assertEquals(roles, Set.of(ConnectionsResource.class.getMethod("event", UUID.class, String.class).getAnnotation(Permitted.class).value()));
    }
}
