package org.kopuro.witness;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.verify.Arguments;
import org.kopuro.verify.Told;
import org.kopuro.verify.Trust;
import org.kopuro.verify.WrongUse;

/** The command behind {@code bin/witness}. */
public final class Witness {

    private static final int DONE = 0;
    private static final int NOT_NOW = 1;
    private static final int WRONG_USE = 2;
    private static final int ALARM = 3;
    private static final long EVERY_DEFAULT = 5;
    private static final long EVERY_MAX = 24 * 60 * 60L;
    private static final long PAUSE_MAX = 300;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final long STOP_LIMIT_MILLISECONDS = 60_000;

    private static final String USAGE = """
            usage: bin/witness --ledger URL --vkey KEY-OR-FILE --state FOLDER [options]
              --ledger   where it is published, as http://host:8080/ledger
              --vkey     of the ledger; may be repeated when its key was changed
              --state    this witness's key, its memory and its alarms; one folder for one ledger
              --name     of this witness, at its first start
              --mirror   keeps a copy in the folder mirror of the state; bin/verify reads it
              --listen   [ADDRESS:]PORT: takes checkpoints that are brought to /add-checkpoint (c2sp.org/tlog-witness);
                         without ADDRESS on 127.0.0.1
              --once     looks once and ends
              --every    seconds between two looks; default 5
            exit code: 0 stopped or nothing left to do, 1 not possible now (--once), 2 wrong use, 3 alarm""";

    private final Told out;
    private final Told err;
    private final Clock clock;
    private final CountDownLatch stop;
    private final Duration limit;

    Witness(PrintStream out, PrintStream err, Clock clock, CountDownLatch stop, Duration limit) {
        this.out = new Told(out);
        this.err = new Told(err);
        this.clock = clock;
        this.stop = stop;
        this.limit = limit;
    }

    public static void main(String[] words) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        CountDownLatch stop = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            if (!ended.get()) {
                join(main);
                // Asked to stop, and stopped: to end so is no failure.
                Runtime.getRuntime().halt(DONE);
            }
        }));
        int exitCode = new Witness(out, err, Clock.systemUTC(), stop, ANSWER_LIMIT).run(List.of(words));
        if (stop.getCount() > 0) {
            ended.set(true);
            System.exit(exitCode);
        }
    }

    private static void join(Thread main) {
        try {
            main.join(STOP_LIMIT_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int run(List<String> words) {
        try {
            Arguments arguments = Arguments.of(words, Set.of("ledger", "vkey", "state", "name", "every", "listen"), Set.of("vkey"), Set.of("mirror", "once"));
            URI address = address(needed(arguments, "ledger"));
            needed(arguments, "vkey");
            List<VerifierKey> keys = Trust.keys(arguments.all("vkey"), VerifierKey.Kind.NOTE);
            long every = arguments.numbers("every").stream().findFirst().orElse(EVERY_DEFAULT);
            if (every < 1 || every > EVERY_MAX || !arguments.named().isEmpty()) {
                throw new WrongUse(arguments.named().isEmpty() ? "--every is from 1 to " + EVERY_MAX + " seconds." : "bin/witness takes options only.");
            }
            try (State state = State.take(Path.of(needed(arguments, "state")))) {
                RemoteLedger ledger = new RemoteLedger(address, limit);
                NoteSigner signer = WitnessKey.in(state.folder(), arguments.one("name"));
                out.line("witness: " + signer.verifier());
                Optional<Mirror> mirror = arguments.has("mirror") ? Optional.of(new Mirror(state.folder().resolve("mirror"), ledger)) : Optional.empty();
                Round round = new Round(ledger, keys, signer, state, mirror, clock, () -> stop.getCount() == 0);
                if (arguments.has("listen")) {
                    try (Listener listener = new Listener(listen(arguments.all("listen").get(0)), new AddCheckpoint(keys, signer, state, clock), state, clock, err)) {
                        out.line("listening on port " + listener.port());
                        return follow(state, round, arguments.has("once"), every);
                    }
                }
                return follow(state, round, arguments.has("once"), every);
            }
        } catch (WrongUse | InvalidPathException e) {
            err.line(e.getMessage());
            USAGE.lines().filter(unused -> words.isEmpty()).forEach(err::line);
            return WRONG_USE;
        } catch (IOException e) {
            err.line("The state's folder cannot be used: " + e.getMessage());
            return WRONG_USE;
        }
    }

    private int follow(State state, Round round, boolean once, long every) throws IOException, WrongUse {
        String told = "";
        long pause = every;
        while (true) {
            Optional<Path> alarm = state.alarm();
            if (alarm.isPresent()) {
                err.line("There is an alarm in " + alarm.get() + ": nothing is co-signed until a person has read it and removed it.");
                return ALARM;
            }
            try {
                Optional<Long> size = round.look();
                size.ifPresent(entries -> out.line("co-signed: " + entries + " entries"));
                if (!told.isEmpty()) {
                    out.line("The ledger is followed again.");
                }
                told = "";
                pause = every;
            } catch (Trouble e) {
                if (!told.equals(e.getMessage())) {
                    err.line(e.getMessage());
                }
                if (once) {
                    return NOT_NOW;
                }
                told = e.getMessage();
                pause = Math.min(Math.max(every, PAUSE_MAX), 2 * pause);
            } catch (Contradiction e) {
                Path file = state.raise(e, clock.instant());
                err.line("ALARM: " + e.getMessage() + " The evidence is in " + file + ".");
                return ALARM;
            }
            if (once || stopped(pause)) {
                return DONE;
            }
        }
    }

    private boolean stopped(long seconds) {
        try {
            return stop.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static URI address(String text) throws WrongUse {
        try {
            URI address = URI.create(text.replaceAll("/+$", ""));
            if (address.getHost() != null && ("http".equals(address.getScheme()) || "https".equals(address.getScheme())) && address.getRawQuery() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Told below together with addresses of another kind.
        }
        throw new WrongUse("--ledger is an address that begins with http:// or https://.");
    }

    private static InetSocketAddress listen(String text) throws WrongUse {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535 || colon == 0) {
            throw new WrongUse("--listen needs a port from 0 to 65535, or an address, a colon and a port.");
        }
        return new InetSocketAddress(colon < 0 ? "127.0.0.1" : text.substring(0, colon), Integer.parseInt(port));
    }

    private static String needed(Arguments arguments, String name) throws WrongUse {
        return arguments.one(name).orElseThrow(() -> new WrongUse("--" + name + " is missing."));
    }
}
