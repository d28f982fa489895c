package org.kopuro.consent.events;

import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kopuro.installation.Installation;

/** Consent events as Security Event Tokens (RFC 8417), signed with the authority's elliptic key; its number is in the published key set. */
@Dependent
public class EventTokens {

    private static final String TYPE = "secevent+jwt";

    @Inject
    private SignedStatements statements;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    public String sign(ConsentEventView event) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("sequence", event.sequence());
        told.put("contour", event.contour().name());
        event.taxpayerInn().ifPresent(inn -> told.put("inn", inn));
        told.put("services", event.services());
        event.cause().ifPresent(cause -> told.put("cause", cause));
        JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(installation.publicAddress()).claim("iat", clock.instant().getEpochSecond()).jwtID(event.id().toString()).audience(List.of(event.subsystem()))
                .claim("toe", event.at().getEpochSecond()).claim("sub_id", Map.of("format", "opaque", "id", event.consent().toString())).claim("events", Map.of(event.kind().uri(), told)).build();
        return statements.sign(TYPE, claims);
    }
}
