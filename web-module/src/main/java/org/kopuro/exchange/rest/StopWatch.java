package org.kopuro.exchange.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.time.Clock;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.kopuro.exchange.operations.OperationLog;
import org.kopuro.exchange.operations.Stop;
import org.kopuro.exchange.operations.StopKind;

/**
 * Measures stops that are acknowledged: from the request's arrival here, before it is looked at, until its transaction is committed and the answer is ready. What a stop
 * waited for, such as a call under way, is in it; the way between the browser and this node is not. What is refused stops nothing, and is not counted.
 */
@Provider
@Stops(StopKind.DEACTIVATION)
@Priority(0)
public class StopWatch implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String ARRIVED = StopWatch.class.getName();

    @Context
    private ResourceInfo resource;
    @Inject
    private Person person;
    @Inject
    private OperationLog log;
    @Inject
    private MetricRegistry metrics;
    @Inject
    private Clock clock;

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(ARRIVED, System.nanoTime());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(ARRIVED) instanceof Long arrived) || response.getStatusInfo().getFamily() != Response.Status.Family.SUCCESSFUL) {
            return;
        }
        StopKind kind = resource.getResourceMethod().getAnnotation(Stops.class).value();
        long millis = (System.nanoTime() - arrived) / 1_000_000;
        // Exported with its quantiles, the 0.5 and the 0.99 among them.
        metrics.histogram("kopuro_stop_milliseconds", new Tag("kind", kind.name())).update(millis);
        log.stopped(new Stop(person.signedIn().contour(), kind, clock.instant(), (int) Math.min(Integer.MAX_VALUE, millis)));
    }
}
