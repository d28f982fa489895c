package org.kopuro.exchange.xroadrest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.accessservices.rest.AccessResource;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consentservices.rest.ConsentResource;
import org.kopuro.exchange.ExchangeRefusal;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.taxservices.rest.TaxResource;

/** Refusals of a Security Server and refusals of a service look different to callers over X-Road REST (docs/protocols/rest-v1.md). */
class WhoRefusesTest {

    static List<RestEndpoint> endpoints() {
        return List.of(new TaxResource(), new AccessResource(), new ConsentResource(), new MetaserviceResource());
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void whoCallsAndWhetherTheExchangeTakesItIsNeverTheServicesAnswer(RestEndpoint endpoint) {
        Stream.concat(Stream.of(IdentityRefusal.values()), Stream.of(ExchangeRefusal.values())).forEach(code -> assertTrue(endpoint.isOfTheExchange(code), code::toString));
        assertTrue(endpoint.isOfTheExchange(AccessRefusal.SERVICE_UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void whatTheCallIsAboutIs(RestEndpoint endpoint) {
        boolean byRights = endpoint instanceof TaxResource || endpoint instanceof MetaserviceResource;
        assertEquals(byRights, endpoint.isOfTheExchange(AccessRefusal.PARTICIPANT_SUSPENDED), "of access and consent the rules of access are the answer");
        assertEquals(endpoint instanceof MetaserviceResource, endpoint.isOfTheExchange(ConsentRefusal.CONSENT_REQUIRED));
    }
}
