package org.kopuro.access.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ServiceKind;
import org.kopuro.access.ServiceView;
import org.kopuro.kernel.Contour;

class ServiceStateTest {

    @Test
    void isWhereTheServiceIsServed() {
        List<String> none = List.of();
        List<String> one = List.of("v1");
        assertEquals(List.of(ServiceState.NOT_SERVED, ServiceState.NOT_SERVED, ServiceState.IN_TEST, ServiceState.DISABLED, ServiceState.IN_PRODUCTION, ServiceState.DISABLED),
                List.of(of(none, none, true), of(none, none, false), of(one, none, true), of(one, none, false), of(one, one, true), of(one, one, false)));
    }

    private static ServiceState of(List<String> inTest, List<String> inProduction, boolean enabled) {
        return ServiceState.of(new ServiceView("x", ServiceKind.EXCHANGE, "v1", Map.of(Contour.TEST, inTest, Contour.PRODUCTION, inProduction), "KG-147", Map.of(), enabled, null));
    }
}
