package org.kopuro.accessservices.rest;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.accessservices.AccessServices;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.edge.RecordedRefusals;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.xroadrest.RestEndpoint;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;

/** {@code /r1/…/apply} and the others. */
@Dependent
public class AccessResource implements RestEndpoint {

    /** A conformance report of 1 MiB in base 64, and what stands around it. */
    private static final int BODY_OCTETS_MAX = 1536 * 1024;
    private static final int PAGE = 50;

    @Inject
    private AccessServices services;
    @Inject
    private RecordedRefusals refusals;

    @Override
    public Set<String> serviceCodes() {
        return Set.of("apply", "requestProduction", "submitTestReport", "disconnect", "requestStatus", "listRequests", "supplyInformation", "retractRequest",
                "reportChange", "reportOutage", "endOutage", "listServices", "notices", "markNoticesRead", "connectionStatus");
    }

    @Override
    public Set<String> majorVersions() {
        return Set.of(AccessServices.VERSION);
    }

    @Override
    public String schema() {
        return "contract/access/v1/messages.xsd";
    }

    @Override
    public int bodyOctetsMax() {
        return BODY_OCTETS_MAX;
    }

    @Override
    public Optional<String> versionForApplicants() {
        return Optional.of(AccessServices.VERSION);
    }

    /** The other rules of access are what the calls are about. */
    @Override
    public boolean isBeforeTheService(RefusalCode code) {
        return code == AccessRefusal.SERVICE_UNKNOWN;
    }

    @Override
    public Answer<JsonObject> answer(Call call, JsonBody asked) {
        return switch (call.service().code()) {
            case "apply" -> refusals.of(call, () -> services.apply(call, () -> Wanted.form(asked))).as(Told::standing);
            case "requestProduction" -> refusals.of(call, () -> services.requestProduction(call, () -> Wanted.production(asked))).as(Told::standing);
            case "submitTestReport" -> {
                byte[] report = octets(asked.text("report"));
                yield refusals.of(call, () -> services.submitTestReport(call, () -> Wanted.test(asked), report)).as(Told::standing);
            }
            case "disconnect" -> refusals.of(call, () -> services.apply(call, () -> Wanted.exit(asked))).as(Told::standing);
            case "requestStatus" -> refusals.of(call, () -> services.requestStatus(call, whole(asked, Wanted::request))).as(Told::standing);
            case "listRequests" -> {
                Optional<Long> before = asked.optionalNumber("before").map(Integer::longValue);
                int limit = asked.optionalNumber("limit").orElse(PAGE);
                asked.end();
                yield refusals.of(call, () -> services.listRequests(call, before, limit)).as(Told::page);
            }
            case "supplyInformation" -> {
                String answers = asked.text("answers");
                yield refusals.of(call, () -> services.supplyInformation(call, whole(asked, Wanted::request), answers)).as(Told::standing);
            }
            case "retractRequest" -> refusals.of(call, () -> services.retractRequest(call, whole(asked, Wanted::request))).as(Told::standing);
            case "reportChange" -> refusals.of(call, () -> services.report(call, () -> Wanted.change(asked,
                    Set.of(ReportKind.PARTICULARS_CHANGED, ReportKind.LIQUIDATION, ReportKind.REORGANISATION)))).as(Told::report);
            case "reportOutage" -> refusals.of(call, () -> services.report(call, () -> Wanted.outage(asked, Set.of(ReportKind.OUTAGE, ReportKind.BREACH)))).as(Told::report);
            case "endOutage" -> {
                String end = asked.text("end");
                yield refusals.of(call, () -> services.endOutage(call, whole(asked, Wanted::report), () -> Input.instant(end, "end"))).as(Told::report);
            }
            case "listServices" -> {
                asked.end();
                yield refusals.of(call, () -> services.listServices(call)).as(Told::services);
            }
            case "notices" -> {
                int limit = asked.optionalNumber("limit").orElse(PAGE);
                asked.end();
                yield refusals.of(call, () -> services.notices(call, limit)).as(Told::notices);
            }
            case "markNoticesRead" -> refusals.of(call, () -> services.markNoticesRead(call, whole(asked, Wanted::notices))).as(Told::read);
            case "connectionStatus" -> {
                asked.end();
                yield refusals.of(call, () -> services.connectionStatus(call)).as(Told::standing);
            }
            default -> throw new IllegalStateException(call.service().code());
        };
    }

    private static <T> Supplier<T> whole(JsonBody asked, Function<JsonBody, T> reading) {
        return () -> {
            T read = reading.apply(asked);
            asked.end();
            return read;
        };
    }

    private static byte[] octets(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "report");
        }
    }
}
