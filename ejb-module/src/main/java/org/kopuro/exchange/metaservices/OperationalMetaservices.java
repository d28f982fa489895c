package org.kopuro.exchange.metaservices;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.kopuro.consent.UsageLog;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Applicant;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.exchange.operations.OperationFilter;
import org.kopuro.exchange.operations.Operations;
import org.kopuro.exchange.operations.ServiceHealth;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/**
 * Operational monitoring asked for by a call, as of a Security Server. The installation's own member is its owner and sees everybody's calls in its credential's contour, of which those
 * who were called about are told (CON-115);
 * whoever else asks sees its member's own, and of others none, whether or not they exist. What refuses is thrown and is to be told by {@link Exchange#refuse}.
 */
@Stateless
public class OperationalMetaservices {

    @Inject
    private Exchange exchange;
    @Inject
    private Operations operations;
    @Inject
    private MetaserviceStore store;
    @Inject
    private UsageLog usage;
    @Inject
    private Installation installation;

    /** @param wanted reads the criteria out of the message, once it is known who calls; may refuse */
    public Answer<OperationalData> operationalData(Call call, Supplier<RecordCriteria> wanted) {
        return exchange.answerApplicant(call, Metaservices.VERSION, applicant -> {
            RecordCriteria criteria = wanted.get();
            Optional<ParticipantId> asked = criteria.client().flatMap(store::participant);
            boolean foreign = criteria.client().isPresent() && asked.isEmpty() || !isOwner(call.client()) && asked.filter(other -> !other.equals(applicant.participant())).isPresent();
            if (foreign) {
                return compressed(Optional.empty());
            }
            OperationFilter filter = filter(call, applicant, criteria, asked);
            if (isOwner(call.client())) {
                usage.recordsRead(filter.contour(), filter.from(), filter.to(), filter.participant(), applicant.actor());
            }
            return compressed(Optional.of(filter));
        }, OperationalData::count);
    }

    /** @param provider whose services; empty for all that there are, which are ours */
    public Answer<List<ServiceHealth>> health(Call call, Supplier<Optional<XRoadClient>> provider) {
        return exchange.answerApplicant(call, Metaservices.VERSION, applicant -> provider.get().filter(asked -> !isOurs(asked)).isPresent() ? List.of()
                : operations.health(applicant.contour()), List::size);
    }

    private boolean isOwner(XRoadClient client) {
        return client.instance().equals(installation.instance()) && client.memberClass().equals(installation.memberClass()) && client.memberCode().equals(installation.memberCode());
    }

    private boolean isOurs(XRoadClient provider) {
        return isOwner(provider) && provider.subsystemCode().equals(installation.subsystemCode());
    }

    private OperationFilter filter(Call call, Applicant applicant, RecordCriteria criteria, Optional<ParticipantId> asked) {
        try {
            return new OperationFilter(applicant.contour(), criteria.from(), criteria.to(), isOwner(call.client()) ? asked : Optional.of(applicant.participant()),
                    criteria.client().map(XRoadClient::subsystemCode).filter(code -> !code.isEmpty()), criteria.fields());
        } catch (Refusal refusal) {
            throw Refusal.of(MetaserviceRefusal.CRITERIA_INVALID, refusal.field(), refusal.field());
        }
    }

    private OperationalData compressed(Optional<OperationFilter> filter) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Optional<Operations.Page> page;
        try (Writer writer = new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8)) {
            writer.write("{\"records\":[");
            String[] separator = {"\n"};
            page = filter.map(asked -> operations.read(asked, Operations.PAGE_MAX, record -> write(writer, separator, record)));
            writer.write("\n]}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new OperationalData(page.map(Operations.Page::count).orElse(0), out.toByteArray(), page.flatMap(Operations.Page::next));
    }

    private static void write(Writer writer, String[] separator, String record) {
        try {
            writer.write(separator[0] + record);
            separator[0] = ",\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
