package org.kopuro.exchange.xroadrest;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.edge.RecordedRefusals;
import org.kopuro.exchange.metaservices.Metaservices;
import org.kopuro.exchange.metaservices.Offered;
import org.kopuro.exchange.metaservices.Protocol;
import org.kopuro.exchange.metaservices.PublishedServices;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.RefusalCode;

/** X-Road's metaservices for REST: {@code listMethods}, {@code allowedMethods}, {@code getOpenAPI?serviceCode=}. Every refusal is told as a Security Server's. */
@Dependent
class MetaserviceResource implements RestEndpoint {

    @Inject
    @Any
    private Instance<PublishedServices> published;
    @Inject
    private Metaservices metaservices;
    @Inject
    private RecordedRefusals refusals;
    @Inject
    private Installation installation;
    private List<PublishedServices> all;

    @Override
    public Set<String> serviceCodes() {
        return Set.of("listMethods", "allowedMethods", "getOpenAPI");
    }

    @Override
    public Set<String> majorVersions() {
        return Set.of(Metaservices.VERSION);
    }

    @Override
    public String schema() {
        throw new IllegalStateException("Nobody describes the descriptions.");
    }

    @Override
    public Optional<String> versionForApplicants() {
        return Optional.of(Metaservices.VERSION);
    }

    @Override
    public boolean metaservices() {
        return true;
    }

    @Override
    public boolean isBeforeTheService(RefusalCode code) {
        return true;
    }

    @Override
    public Answer<JsonObject> answer(Call call, JsonBody asked) {
        List<PublishedServices> services = all();
        return switch (call.service().code()) {
            case "listMethods" -> refusals.of(call, () -> metaservices.listMethods(call, Protocol.REST, services)).as(this::list);
            case "allowedMethods" -> refusals.of(call, () -> metaservices.allowedMethods(call, Protocol.REST, services)).as(this::list);
            default -> refusals.of(call, () -> metaservices.described(call, Protocol.REST, services, asked.optionalText("serviceCode"), asked.optionalText("serviceVersion")))
                    .as(this::description);
        };
    }

    /** Asked for once, and not at the start: this endpoint is one of them. */
    private synchronized List<PublishedServices> all() {
        if (all == null) {
            all = published.stream().toList();
        }
        return all;
    }

    private JsonObject list(List<Offered> services) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        for (Offered service : services) {
            list.add(Json.createObjectBuilder().add("object_type", "SERVICE").add("xroad_instance", installation.instance()).add("member_class", installation.memberClass())
                    .add("member_code", installation.memberCode()).add("subsystem_code", installation.subsystemCode()).add("service_code", service.code())
                    .add("service_type", "OPENAPI").add("endpoint_list", Json.createArrayBuilder().add(Json.createObjectBuilder().add("method", "POST").add("path", "/"))));
        }
        return Json.createObjectBuilder().add("service", list).build();
    }

    private JsonObject description(Offered service) {
        RestEndpoint endpoint = all().stream().filter(RestEndpoint.class::isInstance).map(RestEndpoint.class::cast)
                .filter(each -> each.serviceCodes().contains(service.code())).findFirst().orElseThrow();
        return OpenApi.of(endpoint.schema(), service, installation.publicAddress() + "/rest/" + service.code());
    }
}
