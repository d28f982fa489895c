package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.kopuro.access.Catalogue;
import org.kopuro.access.ServiceRule;
import org.kopuro.access.ServiceView;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.kernel.Language;

/** {@code /api/v1/services}: the public catalogue with the rules of the day; ceilings that do not exist are left out. */
@Path("/services")
@Produces(MediaType.APPLICATION_JSON)
public class CatalogueResource {

    @Inject
    private Catalogue catalogue;

    @GET
    @Permitted(everybody = true)
    public JsonObject list() {
        return Listing.of("services", catalogue.services(), CatalogueResource::json);
    }

    private static JsonObject json(ServiceView service) {
        return builder(service).build();
    }

    static JsonObjectBuilder builder(ServiceView service) {
        JsonObjectBuilder titles = Json.createObjectBuilder();
        for (Language language : Language.values()) {
            titles.add(language.tag(), service.titles().get(language));
        }
        JsonObjectBuilder served = Json.createObjectBuilder();
        service.served().forEach((contour, versions) -> served.add(contour.name(), Json.createArrayBuilder(versions)));
        ServiceRule rule = service.rule();
        JsonObjectBuilder out = Json.createObjectBuilder().add("code", service.code()).add("kind", service.kind().name()).add("version", service.version()).add("served", served).add("titles", titles)
                .add("enabled", service.enabled()).add("disclosesTaxSecret", rule.disclosesTaxSecret()).add("tokenRule", rule.tokenRule().name())
                .add("selfCall", rule.selfCall());
        rule.validityDays().ifPresent(days -> out.add("validityDays", days));
        rule.dataAgeMonths().ifPresent(months -> out.add("dataAgeMonths", months));
        rule.dataRangeMonths().ifPresent(months -> out.add("dataRangeMonths", months));
        rule.callsPerDay().ifPresent(calls -> out.add("callsPerDay", calls));
        rule.callsPerToken().ifPresent(calls -> out.add("callsPerToken", calls));
        return out;
    }
}
