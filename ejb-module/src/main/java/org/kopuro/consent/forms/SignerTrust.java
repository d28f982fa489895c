package org.kopuro.consent.forms;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.kopuro.installation.Installation;

/**
 * Whose certificates the installation trusts: a folder of issuers' certificates ({@code *.crt, *.cer, *.pem}; the self-signed ones are anchors) and their revocation lists
 * ({@code *.crl}), which the operator keeps up to date. Read at every check, so that a new list counts at once; nothing is fetched from addresses that a certificate names.
 * Without a valid list of its issuer no certificate counts.
 */
@ApplicationScoped
class SignerTrust {

    private static final Logger LOG = Logger.getLogger(SignerTrust.class.getName());
    private static final int FILES_MAX = 200;
    private static final long FILE_OCTETS_MAX = 64L * 1024 * 1024;
    private static final Set<String> CERTIFICATES = Set.of("crt", "cer", "pem");
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;

    private Optional<Path> folder = Optional.empty();

    protected SignerTrust() {
    }

    @Inject
    SignerTrust(Installation installation) {
        folder = installation.consentIssuers();
    }

    /** What lies in the folder. */
    private record Known(Set<TrustAnchor> anchors, List<Object> others) {
    }

    void require(X509Certificate certificate, Collection<X509Certificate> sent, Instant now) throws InvalidSignature {
        if (now.isBefore(certificate.getNotBefore().toInstant()) || now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new InvalidSignature(SignatureProblem.SIGNER_CERTIFICATE_EXPIRED);
        }
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() >= 0 || usage != null && !usage[DIGITAL_SIGNATURE] && !usage[NON_REPUDIATION]) {
            throw new InvalidSignature(SignatureProblem.SIGNER_CERTIFICATE_NOT_FOR_SIGNING);
        }
        Known known = read();
        if (known.anchors().isEmpty()) {
            LOG.warning("No issuer of certificates is trusted: no electronically signed consent can be registered until kopuro.consent.issuers names a folder with their certificates.");
            throw new InvalidSignature(SignatureProblem.SIGNER_CERTIFICATE_NOT_TRUSTED);
        }
        for (Certificate one : path(certificate, sent, known, now)) {
            requireStrong((X509Certificate) one);
        }
    }

    private static List<? extends Certificate> path(X509Certificate certificate, Collection<X509Certificate> sent, Known known, Instant now) throws InvalidSignature {
        try {
            X509CertSelector wanted = new X509CertSelector();
            wanted.setCertificate(certificate);
            PKIXBuilderParameters rules = new PKIXBuilderParameters(known.anchors(), wanted);
            List<Object> others = new ArrayList<>(known.others());
            others.addAll(sent);
            rules.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
            rules.setDate(Date.from(now));
            CertPathBuilder builder = CertPathBuilder.getInstance("PKIX");
            PKIXRevocationChecker revocation = (PKIXRevocationChecker) builder.getRevocationChecker();
            revocation.setOptions(EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
            rules.addCertPathChecker(revocation);
            return ((PKIXCertPathBuilderResult) builder.build(rules)).getCertPath().getCertificates();
        } catch (CertPathBuilderException e) {
            throw new InvalidSignature(isRevoked(e) ? SignatureProblem.SIGNER_CERTIFICATE_REVOKED : SignatureProblem.SIGNER_CERTIFICATE_NOT_TRUSTED);
        } catch (GeneralSecurityException e) {
            throw new InvalidSignature(SignatureProblem.SIGNER_CERTIFICATE_NOT_TRUSTED);
        }
    }

    private static boolean isRevoked(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException found && found.getReason() == CertPathValidatorException.BasicReason.REVOKED) {
                return true;
            }
        }
        return false;
    }

    private static void requireStrong(X509Certificate certificate) throws InvalidSignature {
        String method = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (!method.startsWith("SHA256WITH") && !method.startsWith("SHA384WITH") && !method.startsWith("SHA512WITH")) {
            throw new InvalidSignature(SignatureProblem.ALGORITHM_FORBIDDEN);
        }
    }

    private Known read() {
        Set<TrustAnchor> anchors = new HashSet<>();
        List<Object> others = new ArrayList<>();
        if (folder.isEmpty()) {
            return new Known(anchors, others);
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            for (Path file : files.sorted().limit(FILES_MAX).toList()) {
                read(file, anchors, others);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Known(anchors, others);
    }

    private static void read(Path file, Set<TrustAnchor> anchors, List<Object> others) throws IOException {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!CERTIFICATES.contains(extension) && !extension.equals("crl") || Files.size(file) > FILE_OCTETS_MAX) {
            return;
        }
        try (InputStream content = Files.newInputStream(file)) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            if (extension.equals("crl")) {
                others.add(factory.generateCRL(content));
                return;
            }
            for (Certificate one : factory.generateCertificates(content)) {
                X509Certificate certificate = (X509Certificate) one;
                if (isSelfSigned(certificate)) {
                    anchors.add(new TrustAnchor(certificate, null));
                } else {
                    others.add(certificate);
                }
            }
        } catch (CertificateException | CRLException e) {
            LOG.log(Level.WARNING, "The file {0} of trusted issuers cannot be read and is left out.", name);
        }
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
