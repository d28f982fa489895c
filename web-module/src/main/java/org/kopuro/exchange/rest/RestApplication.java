package org.kopuro.exchange.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** {@code /api/v1}. Who may do what there is in {@code web.xml}, closed unless opened. */
@ApplicationPath("/api/v1")
public class RestApplication extends Application {
}
