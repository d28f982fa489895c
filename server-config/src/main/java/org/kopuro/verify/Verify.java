package org.kopuro.verify;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kopuro.ledger.proof.ConsistencyFile;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.TrustedCheckpoint;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;

/** The command behind {@code bin/verify}. */
public final class Verify {

    private static final int PROVEN = 0;
    private static final int NOT_PROVEN = 1;
    private static final int WRONG_USE = 2;

    private static final String USAGE = """
            usage: bin/verify RECEIPT.json [options]
                   bin/verify OLD-CHECKPOINT NEW-CHECKPOINT --proof FILE [options]
                   bin/verify FOLDER [--accept-clock-jump INDEX]… [options]      a whole copy of a ledger
                   bin/verify EVIDENCE.asice [--cert FILE]… [options]            messages and decision of a call
              --vkey KEY-OR-FILE     of the ledger; may be repeated. Default: KOPURO_LEDGER_VKEY, else
                                     demo/server/ledger.vkey in the folder that KOPURO_VAR names (var)
              --cert FILE            PEM: the authority's certificate, and those of time-stamp authorities; may be
                                     repeated. Default: demo/server/cert.pem in the same folder
              --witness KEY-OR-FILE  of a witness whose cosignatures are checked; may be repeated
              --witnesses N          at least so many of these witnesses must have co-signed
            exit code: 0 proven, 1 not proven, 2 wrong use or nothing readable""";

    /** The end of the name of a container: ETSI EN 319 162-1. */
    private static final String EVIDENCE = ".asice";

    private final Arguments arguments;
    private final List<Path> certificates;
    private final Trust trust;
    private final Told out;
    private final Progress progress;

    private Verify(Arguments arguments, Trust trust, List<Path> certificates, Told out, Progress progress) {
        this.arguments = arguments;
        this.certificates = certificates;
        this.trust = trust;
        this.out = out;
        this.progress = progress;
    }

    public static void main(String[] words) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Progress progress = new Progress(err, System.console() != null);
        System.exit(run(List.of(words), System.getenv(), Path.of(System.getProperty("kopuro.root", ".")), progress, out, err));
    }

    static int run(List<String> words, Map<String, String> environment, Path root, Progress progress, PrintStream out, PrintStream err) {
        try {
            Arguments arguments = Arguments.of(words, Set.of("vkey", "witness", "witnesses", "proof", "accept-clock-jump", "cert"),
                    Set.of("vkey", "witness", "accept-clock-jump", "cert"), Set.of());
            new Verify(arguments, trust(arguments, environment, root), certificates(arguments, environment, root), new Told(out), progress).check();
            return PROVEN;
        } catch (Unproven e) {
            progress.end();
            new Told(err).line("not proven: " + e.getMessage());
            return NOT_PROVEN;
        } catch (WrongUse | InvalidPathException e) {
            progress.end();
            new Told(err).line(e.getMessage());
            if (words.isEmpty()) {
                err.println(USAGE);
            }
            return WRONG_USE;
        }
    }

    /** What is due is decided by what is named: the one place for another kind of evidence. */
    private void check() throws Unproven, WrongUse {
        List<String> named = arguments.named();
        requireOptionsThatFit();
        if (named.size() == 2) {
            growth(Path.of(named.get(0)), Path.of(named.get(1)));
        } else if (named.size() != 1) {
            throw new WrongUse("Name a receipt, two checkpoints, or a folder: bin/verify without arguments says more.");
        } else if (Files.isDirectory(Path.of(named.get(0)))) {
            copy(Path.of(named.get(0)));
        } else if (named.get(0).endsWith(EVIDENCE)) {
            new EvidenceCheck(trust, out).run(Path.of(named.get(0)), certificates);
        } else {
            receipt(Path.of(named.get(0)));
        }
    }

    private void requireOptionsThatFit() throws WrongUse {
        boolean folder = arguments.named().size() == 1 && Files.isDirectory(Path.of(arguments.named().get(0)));
        if (arguments.has("proof") && arguments.named().size() != 2) {
            throw new WrongUse("--proof belongs to two checkpoints.");
        }
        if (arguments.has("cert") && !arguments.named().get(0).endsWith(EVIDENCE)) {
            throw new WrongUse("--cert belongs to a container, " + EVIDENCE + ".");
        }
        if (arguments.has("accept-clock-jump") && !folder) {
            throw new WrongUse("--accept-clock-jump belongs to a folder.");
        }
    }

    private void receipt(Path file) throws Unproven, WrongUse {
        Receipt receipt = Receipt.parse(text(file, Receipt.LENGTH_MAX, "The receipt"));
        Receipt.Verified verified = receipt.verify(trust.ledger(), trust.witnesses());
        trust.cosigned(verified.checkpoint());
        new ReceiptTold(out).tell(receipt, verified);
    }

    private void growth(Path older, Path newer) throws Unproven, WrongUse {
        TrustedCheckpoint from = trust.signed(text(older, SignedNote.LENGTH_MAX, "The older checkpoint"));
        TrustedCheckpoint to = trust.checkpoint(text(newer, SignedNote.LENGTH_MAX, "The newer checkpoint"));
        if (from.checkpoint().size() != to.checkpoint().size() && !arguments.has("proof")) {
            throw new WrongUse("--proof is missing: a consistency proof from " + from.checkpoint().size() + " to " + to.checkpoint().size() + " entries.");
        }
        Growth growth = new Growth(from.checkpoint(), to.checkpoint());
        if (arguments.has("proof")) {
            growth.verify(ConsistencyFile.parse(text(Path.of(arguments.all("proof").get(0)), ConsistencyFile.LENGTH_MAX, "The consistency proof")));
        } else {
            growth.verifySame();
        }
        out.line("proven: the ledger " + to.checkpoint().origin() + " grew from " + from.checkpoint().size() + " to " + to.checkpoint().size()
                + " entries, and the earlier ones are unchanged");
        new ReceiptTold(out).tell(to);
    }

    private void copy(Path folder) throws Unproven, WrongUse {
        CopyCheck check = new CopyCheck(new Copy(folder), trust, new EntryTimes(arguments.numbers("accept-clock-jump")),
                SeenIds.within(Runtime.getRuntime().maxMemory() / 2), progress);
        TrustedCheckpoint newest = check.run();
        progress.end();
        out.line("proven: the copy holds all " + newest.checkpoint().size() + " entries of the ledger " + newest.checkpoint().origin()
                + ", and each of its tiles and of its " + (1 + check.checkpoints()) + " checkpoints fits them");
        new ReceiptTold(out).tell(newest);
    }

    private static String text(Path file, int lengthMax, String where) throws Unproven, WrongUse {
        try {
            return LimitedFile.text(LimitedFile.read(file, lengthMax), where);
        } catch (IOException e) {
            throw new WrongUse(e.getMessage());
        }
    }

    private static Trust trust(Arguments arguments, Map<String, String> environment, Path root) throws WrongUse {
        if (arguments.named().isEmpty()) {
            throw new WrongUse("Nothing to verify is named.");
        }
        List<String> given = arguments.all("vkey");
        if (given.isEmpty()) {
            given = List.of(value(environment, "KOPURO_LEDGER_VKEY").orElseGet(() -> demo(environment, root).resolve("ledger.vkey").toString()));
            if (value(environment, "KOPURO_LEDGER_VKEY").isEmpty() && !Files.exists(Path.of(given.get(0)))) {
                throw new WrongUse("No key of the ledger is known: give it with --vkey, or in KOPURO_LEDGER_VKEY.");
            }
        }
        List<VerifierKey> witnesses = Trust.keys(arguments.all("witness"), VerifierKey.Kind.COSIGNATURE);
        long wanted = arguments.numbers("witnesses").stream().findFirst().orElse(0L);
        if (wanted > witnesses.stream().map(VerifierKey::name).distinct().count()) {
            throw new WrongUse("--witnesses " + wanted + " needs as many different keys, each with --witness.");
        }
        return new Trust(Trust.keys(given, VerifierKey.Kind.NOTE), witnesses, (int) wanted);
    }

    private static List<Path> certificates(Arguments arguments, Map<String, String> environment, Path root) {
        return arguments.has("cert") ? arguments.all("cert").stream().map(Path::of).toList() : List.of(demo(environment, root).resolve("cert.pem"));
    }

    private static Path demo(Map<String, String> environment, Path root) {
        return root.resolve(value(environment, "KOPURO_VAR").orElse("var")).normalize().resolve("demo/server");
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}
