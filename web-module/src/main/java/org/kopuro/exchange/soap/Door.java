package org.kopuro.exchange.soap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.kopuro.exchange.AttachmentLimit;
import org.kopuro.exchange.AttachmentLimits;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SigningCertificate;

/**
 * Lets messages in: form first, signature second. In gateway mode a Security Server that proves itself by its TLS certificate
 * may bring an unsigned message; a message that is signed is verified all the same.
 */
@ApplicationScoped
class Door {

    static final String TOKEN_TYPE = "urn:kopuro:consent-token:v1";

    @Inject
    private SignatureCheck signatures;
    @Inject
    private AttachmentLimits limits;
    @Inject
    private Installation installation;

    /**
     * Fills {@code soapCall} step by step; throws the first refusal.
     *
     * @return why the call is to be refused on the record, if it is: it brought what its service does not take
     */
    Optional<Refusal> enter(HttpServletRequest request, SoapCall soapCall, SoapEndpoint endpoint) throws IOException {
        HttpMessage http = HttpMessage.of(request, endpoint);
        try {
            understand(http, request, soapCall, endpoint);
            return accompany(http, soapCall, endpoint);
        } catch (Refusal refusal) {
            throw http.afterAll(refusal);
        }
    }

    /** Attachments are stored once it is known who sends them, and only as far as the service takes them. */
    private Optional<Refusal> accompany(HttpMessage http, SoapCall soapCall, SoapEndpoint endpoint) throws IOException {
        if (soapCall.attachments() != Attachments.NONE) {
            return Optional.empty(); // Read already: the signature covers one of them.
        }
        Optional<AttachmentLimit> limit = endpoint.takesAttachments() && http.isMultipart() ? limits.of(soapCall.call().orElseThrow()) : Optional.empty();
        if (limit.isPresent()) {
            soapCall.accompanied(http.attachments(limit.get()));
            return Optional.empty();
        }
        return http.dropsOthers() && endpoint.takesAttachments() ? Optional.of(Refusal.of(MessageRefusal.ATTACHMENTS_TOO_MANY, "multipart/related", 0)) : Optional.empty();
    }

    private void understand(HttpMessage http, HttpServletRequest request, SoapCall soapCall, SoapEndpoint endpoint) throws IOException {
        Received received = http.received();
        MessageForm form = new MessageForm();
        XRoadMessage message;
        try {
            message = form.read(received.document());
        } finally {
            soapCall.claimed(form.claimedClient(), form.claimedId());
        }
        soapCall.understood(message, received.message());
        SignatureCheck.Verified sender = sender(request, message, endpoint.takesAttachments() && http.isMultipart() ? Optional.of(thumbprint -> {
            soapCall.accompanied(signed(http, thumbprint, message.header().service().code()));
            return soapCall.attachments();
        }) : Optional.empty());
        XRoadHeader header = message.header();
        soapCall.identified(new Call(header.client(), header.service(), header.id(), header.userId(), header.issue(), header.representedParty(), consentToken(header),
                sender.credential(), request.getRemoteAddr()), sender.byEllipticCurve());
    }

    /** Another kind of token than ours cannot be one of ours, however it is spelt: it counts as a token that says nothing. */
    private static Optional<String> consentToken(XRoadHeader header) {
        boolean ours = header.securityTokenType().filter(type -> !type.equals(TOKEN_TYPE)).isEmpty();
        return header.securityToken().map(text -> ours ? text : "");
    }

    private Attachments signed(HttpMessage http, byte[] thumbprint, String service) throws IOException {
        return http.attachments(limits.of(Credential.signature(thumbprint, new byte[0]), service)
                .orElseThrow(() -> Refusal.of(MessageRefusal.ATTACHMENTS_TOO_MANY, "multipart/related", 0)));
    }

    private SignatureCheck.Verified sender(HttpServletRequest request, XRoadMessage message, Optional<SignedAttachments.Reading> beside) throws IOException {
        boolean signed = !Dom.children(message.soapHeader(), Namespaces.WSSE, "Security").isEmpty();
        if (!signed && installation.gatewayMode()) {
            Optional<byte[]> gateway = tlsCertificate(request);
            if (gateway.isPresent()) {
                return new SignatureCheck.Verified(Credential.securityServer(gateway.get()), false);
            }
        }
        return signatures.verify(message, beside);
    }

    private static Optional<byte[]> tlsCertificate(HttpServletRequest request) {
        if (!(request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain) || chain.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(SigningCertificate.thumbprintOf(chain[0].getEncoded()));
        } catch (CertificateEncodingException e) {
            return Optional.empty();
        }
    }
}
