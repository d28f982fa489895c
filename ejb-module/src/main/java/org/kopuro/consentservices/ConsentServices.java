package org.kopuro.consentservices;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kopuro.consent.forms.FormView;
import org.kopuro.consent.forms.Forms;
import org.kopuro.consent.forms.NewForm;
import org.kopuro.consent.forms.Signing;
import org.kopuro.consent.forms.TransferResult;
import org.kopuro.documents.DocumentContent;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Applicant;
import org.kopuro.exchange.AttachmentLimit;
import org.kopuro.exchange.AttachmentLimits;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Exchange;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** The operations, one method each: one transaction with {@link Exchange#answerApplicant}. */
@Stateless
public class ConsentServices {

    /** Of all of them, as the X-Road header names it. */
    public static final String VERSION = "v1";
    /** Says what it must be; nothing else passes inspection under this name. */
    private static final String SIGNATURE_NAME = "signature.p7s";
    private static final String TRANSFER = "transferForm";

    @Inject
    private Exchange exchange;
    @Inject
    private AttachmentLimits limits;
    @Inject
    private Forms forms;
    @Inject
    private Documents documents;

    /** Octets that came with the message, in this node already: inspecting them holds the transaction no longer than a statement does. */
    public interface Octets {
        InputStream open() throws IOException;
    }

    /** Takes a form over. A file that inspection refuses refuses the call; what the checks find is the answer. */
    public Answer<TransferResult> transferForm(Call call, Supplier<NewForm> told, Optional<Octets> file, Optional<Octets> signature) {
        return one(call, applicant -> {
            NewForm form = told.get();
            try (Received beside = Received.of(signature, SIGNATURE_NAME, Signing.SIGNATURE_LIMITS); Received sent = Received.of(file, form.fileName(), form.signing().fileLimits(megabytes(applicant)))) {
                return forms.transfer(applicant.participant(), applicant.subsystem(), applicant.contour(), form, sent.upload(), beside.upload(), applicant.actor());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The taxpayer has withdrawn the consent with the participant (CON-101). */
    public Answer<FormView> withdrawForm(Call call, Supplier<String> number, Supplier<Instant> withdrawnAt) {
        return one(call, applicant -> {
            FormView form = own(applicant, number);
            return forms.reportWithdrawal(applicant.participant(), applicant.contour(), form.id(), withdrawnAt.get(), applicant.actor());
        });
    }

    public Answer<FormView> formStatus(Call call, Supplier<String> number) {
        return one(call, applicant -> own(applicant, number));
    }

    /** What of a form's files is asked for. */
    public enum Part {
        FILE, SIGNATURE
    }

    /** A file as it was transferred; its octets were compared with their digest. */
    public record FormFile(FormView form, DocumentContent content) {
    }

    /**
     * The file of a form, or the signature beside it, back to who transferred it.
     *
     * @param opened takes what has to be closed, even if the call then fails
     */
    public Answer<FormFile> formFile(Call call, Supplier<String> number, Supplier<Part> what, Consumer<DocumentContent> opened) {
        return one(call, applicant -> {
            Part part = what.get();
            FormView form = own(applicant, number);
            UUID document = (part == Part.FILE ? form.document() : form.signature()).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "what"));
            DocumentContent content = documents.open(document);
            opened.accept(content);
            return new FormFile(form, content);
        });
    }

    /** [data] Of a form; where nothing may come beside a message it may still stand inside. */
    private int megabytes(Applicant applicant) {
        return limits.of(applicant.contour(), TRANSFER).map(AttachmentLimit::megabytesMax).orElse(1);
    }

    private FormView own(Applicant applicant, Supplier<String> number) {
        return forms.ofNumber(applicant.participant(), applicant.contour(), number.get());
    }

    private <T> Answer<T> one(Call call, Function<Applicant, T> work) {
        return exchange.answerApplicant(call, VERSION, work, told -> 1);
    }

    /** An upload, or none. */
    private record Received(Optional<Upload> upload) implements AutoCloseable {

        static Received of(Optional<Octets> octets, String name, DocumentLimits limits) throws IOException {
            if (octets.isEmpty()) {
                return new Received(Optional.empty());
            }
            try (InputStream content = octets.get().open()) {
                return new Received(Optional.of(Upload.receive(name, content, limits)));
            }
        }

        @Override
        public void close() throws IOException {
            if (upload.isPresent()) {
                upload.get().close();
            }
        }
    }
}
