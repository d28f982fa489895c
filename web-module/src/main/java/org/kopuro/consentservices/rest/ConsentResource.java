package org.kopuro.consentservices.rest;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.AccessRefusal;
import org.kopuro.consent.forms.NewForm;
import org.kopuro.consentservices.ConsentServices;
import org.kopuro.consentservices.UsageWanted;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.edge.RecordedRefusals;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.xroadrest.RestEndpoint;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.RefusalCode;

/** {@code /r1/…/transferForm} and the others. */
@Dependent
public class ConsentResource implements RestEndpoint {

    /** A message is kept whole, with its file: what is larger comes over SOAP as an attachment, or in a batch. */
    private static final int BODY_OCTETS_MAX = 1024 * 1024;

    @Inject
    private ConsentServices services;
    @Inject
    private RecordedRefusals refusals;

    @Override
    public Set<String> serviceCodes() {
        return Set.of("transferForm", "withdrawForm", "formStatus", "findUsage", "usageReceipt");
    }

    @Override
    public Set<String> majorVersions() {
        return Set.of(ConsentServices.VERSION);
    }

    @Override
    public String schema() {
        return "contract/consent/v1/messages.xsd";
    }

    @Override
    public int bodyOctetsMax() {
        return BODY_OCTETS_MAX;
    }

    @Override
    public Optional<String> versionForApplicants() {
        return Optional.of(ConsentServices.VERSION);
    }

    /** The other rules of access are what forms are judged by. */
    @Override
    public boolean isBeforeTheService(RefusalCode code) {
        return code == AccessRefusal.SERVICE_UNKNOWN;
    }

    @Override
    public Answer<JsonObject> answer(Call call, JsonBody asked) {
        return switch (call.service().code()) {
            case "transferForm" -> {
                NewForm form = Wanted.form(asked);
                Optional<ConsentServices.Octets> file = Wanted.octets(asked, "file");
                Optional<ConsentServices.Octets> signature = Wanted.octets(asked, "signature");
                asked.end();
                yield refusals.of(call, () -> services.transferForm(call, () -> form, file, signature)).as(Told::result);
            }
            case "withdrawForm" -> {
                String number = asked.text("number");
                Instant withdrawnAt = Input.instant(asked.text("withdrawnAt"), "withdrawnAt");
                asked.end();
                yield refusals.of(call, () -> services.withdrawForm(call, () -> number, () -> withdrawnAt)).as(Told::standing);
            }
            case "formStatus" -> {
                String number = asked.text("number");
                asked.end();
                yield refusals.of(call, () -> services.formStatus(call, () -> number)).as(Told::standing);
            }
            case "findUsage" -> {
                UsageWanted wanted = Wanted.usage(asked);
                asked.end();
                yield refusals.of(call, () -> services.findUsage(call, () -> wanted)).as(Told::usages);
            }
            case "usageReceipt" -> {
                UUID entry = Input.uuid(asked.text("ledgerEntry"), "ledgerEntry");
                asked.end();
                yield refusals.of(call, () -> services.usageReceipt(call, () -> entry)).as(Told::receipt);
            }
            default -> throw new IllegalStateException(call.service().code());
        };
    }
}
