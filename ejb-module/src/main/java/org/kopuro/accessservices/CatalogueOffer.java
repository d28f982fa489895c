package org.kopuro.accessservices;

import org.kopuro.access.ServiceView;

/**
 * An entry of the catalogue as a subsystem sees it.
 *
 * @param mayCall today, in its contour; what it may not call it can ask for under the service's procedure
 */
public record CatalogueOffer(ServiceView service, boolean mayCall) {
}
