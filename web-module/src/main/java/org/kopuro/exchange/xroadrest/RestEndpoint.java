package org.kopuro.exchange.xroadrest;

import jakarta.json.JsonObject;
import org.kopuro.access.AccessRefusal;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.ExchangeRefusal;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.exchange.metaservices.Protocol;
import org.kopuro.exchange.metaservices.PublishedServices;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Problem;
import org.kopuro.kernel.RefusalCode;

/** Services that are called over X-Road REST; their requests and answers are those of the schema, as JSON. */
public interface RestEndpoint extends PublishedServices {

    /** Where on the class path the schema of the same services' SOAP messages is. */
    String schema();

    /** Answers the service that the call names; refuses, by a thrown refusal, what cannot be read. */
    Answer<JsonObject> answer(Call call, JsonBody asked);

    /** How long a body may be. */
    default int bodyOctetsMax() {
        return 64 * 1024;
    }

    /** Whether a Security Server would have said so: who calls, whether the exchange takes it, and what else stands before the service. The rest is the service's own answer. */
    default boolean isOfTheExchange(RefusalCode code) {
        return code instanceof IdentityRefusal || code instanceof ExchangeRefusal || isBeforeTheService(code);
    }

    /** Beside that: whether the caller may. */
    default boolean isBeforeTheService(RefusalCode code) {
        return code instanceof AccessRefusal;
    }

    /** The status of a refusal that is the service's own. */
    default int status(RefusalCode code) {
        return Problem.status(code);
    }

    @Override
    default Protocol protocol() {
        return Protocol.REST;
    }
}
