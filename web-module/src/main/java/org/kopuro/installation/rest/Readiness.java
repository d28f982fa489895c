package org.kopuro.installation.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.kopuro.installation.DatabasePulse;

/**
 * {@code /health/ready}. The application deploys only after its migrations, so being asked at all means that they are done;
 * what may change is whether the database answers.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class Readiness implements HealthCheck {

    @Inject
    private DatabasePulse pulse;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database").status(pulse.beats()).build();
    }
}
