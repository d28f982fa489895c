package org.kopuro.consentservices;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.UsageView;
import org.kopuro.consent.forms.FormResult;
import org.kopuro.consent.forms.FormView;
import org.kopuro.consent.forms.Forms;
import org.kopuro.consent.forms.NewForm;
import org.kopuro.consent.forms.Signing;
import org.kopuro.consent.forms.TransferResult;
import org.kopuro.consent.portals.Portals;
import org.kopuro.documents.DocumentContent;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Applicant;
import org.kopuro.exchange.Asked;
import org.kopuro.exchange.AttachmentLimit;
import org.kopuro.exchange.AttachmentLimits;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Exchange;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.EntryView;
import org.kopuro.ledger.Receipts;

/** The operations, one method each: one transaction with {@link Exchange#answerApplicant}. */
@Stateless
public class ConsentServices {

    /** Of all of them, as the X-Road header names it. */
    public static final String VERSION = "v1";
    /** Says what it must be; nothing else passes inspection under this name. */
    private static final String SIGNATURE_NAME = "signature.p7s";
    private static final String USER = "xrd:userId";
    /** May stand before the number, as X-Road writes people. */
    private static final String COUNTRY = "KG";
    /** The field of a ledger's entry that names whom it is about. */
    private static final String SUBJECT = "subject";
    private static final String TRANSFER = "transferForm";

    @Inject
    private Exchange exchange;
    @Inject
    private AttachmentLimits limits;
    @Inject
    private Forms forms;
    @Inject
    private UsageLog usage;
    @Inject
    private Portals portals;
    @Inject
    private Receipts receipts;
    @Inject
    private Documents documents;

    /** Octets that came with the message, in this node already: inspecting them holds the transaction no longer than a statement does. */
    public interface Octets {
        InputStream open() throws IOException;
    }

    /**
     * Takes a form over. A file that inspection refuses refuses the call; what the checks find is the answer. A form that is registered is in its taxpayer's list of consents; one
     * that is not leaves a line in the log of the taxpayer whom it named.
     */
    public Answer<TransferResult> transferForm(Call call, Supplier<NewForm> told, Optional<Octets> file, Optional<Octets> signature) {
        return exchange.answerApplicant(call, VERSION, applicant -> {
            NewForm form = told.get();
            try (Received beside = Received.of(signature, SIGNATURE_NAME, Signing.SIGNATURE_LIMITS); Received sent = Received.of(file, form.fileName(), form.signing().fileLimits(megabytes(applicant)))) {
                return forms.transfer(applicant.participant(), applicant.subsystem(), applicant.contour(), form, sent.upload(), beside.upload(), applicant.actor());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, transferred -> 1, ConsentServices::trace);
    }

    private static Optional<Exchange.Trace> trace(TransferResult transferred) {
        return transferred.result() == FormResult.REGISTERED ? Optional.empty()
                : Optional.of(new Exchange.Trace(transferred.result().name(), Asked.about(new Inn(transferred.form().taxpayerInn()))));
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

    /**
     * Who saw the data of whoever is signed in at the portal that calls, refused ones included (CON-113); that the portal has read it is seen by the next one who reads.
     */
    public Answer<UsageFound> findUsage(Call call, Supplier<UsageWanted> told) {
        return exchange.answerApplicant(call, VERSION, applicant -> {
            Taxpayer user = userOf(call, applicant);
            UsageWanted wanted = told.get();
            List<UsageView> uses = usage.of(user, wanted.filter(), wanted.before(), wanted.limit());
            Optional<Long> last = uses.size() < wanted.limit() ? Optional.empty() : Optional.of(uses.get(uses.size() - 1).number());
            return new UsageFound(user.inn(), wanted.language().orElse(applicant.language()), uses, last);
        }, found -> found.uses().size(), found -> Optional.of(Exchange.Trace.seen(found.taxpayer())));
    }

    /** The file that proves one of them offline (CON-116); what is about somebody else is not found. */
    public Answer<ReceiptFound> usageReceipt(Call call, Supplier<UUID> ledgerEntry) {
        return exchange.answerApplicant(call, VERSION, applicant -> {
            Taxpayer user = userOf(call, applicant);
            EntryView entry = receipts.entry(ledgerEntry.get(), applicant.contour());
            if (!receipts.tells(entry, SUBJECT, user.inn().digits())) {
                throw Refusal.of(InputRefusal.NOT_FOUND, "ledgerEntry");
            }
            return new ReceiptFound(user.inn(), receipts.receipt(entry, Map.of(SUBJECT, user.inn().digits(), "asked", user.inn().digits())).format());
        }, found -> 1, found -> Optional.of(Exchange.Trace.seen(found.taxpayer())));
    }

    /** What a portal says about who is signed in is believed; what anybody else says is not even looked at. */
    private Taxpayer userOf(Call call, Applicant applicant) {
        portals.require(applicant.subsystem(), applicant.participant(), applicant.contour());
        String user = call.userId().orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, USER));
        return new Taxpayer(applicant.contour(), Inn.of(user.startsWith(COUNTRY) ? user.substring(COUNTRY.length()) : user, USER));
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
