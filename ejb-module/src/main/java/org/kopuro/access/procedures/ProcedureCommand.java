package org.kopuro.access.procedures;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** The operator's command line for procedures. What is shown goes to {@code out} as a file that can be published, once number and first day are another one's. */
public final class ProcedureCommand {

    public static final int DONE = 0;
    /** The document was refused; nothing is changed. */
    public static final int REFUSED = 1;
    /** The command line is wrong; nothing was tried. */
    public static final int WRONG_USE = 2;

    private static final String USAGE = """
            usage: bin/admin procedure show CODE
                   bin/admin procedure publish FILE.json""";

    /** Opens a connection under the owner's role, once the command line makes sense. */
    public interface Owner {
        Connection connect() throws SQLException;
    }

    private ProcedureCommand() {
    }

    /** Runs one command; the caller exits with the result. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err, Owner owner, Clock clock) throws SQLException {
        try {
            if (arguments.size() == 2 && arguments.get(0).equals("show")) {
                try (Connection connection = owner.connect()) {
                    out.print(new ProcedureAdministration(connection, clock).document(arguments.get(1)));
                    return DONE;
                }
            }
            if (arguments.size() == 2 && arguments.get(0).equals("publish")) {
                String document = read(Path.of(arguments.get(1)));
                try (Connection connection = owner.connect()) {
                    Procedure published = new ProcedureAdministration(connection, clock).publish(document);
                    out.println(published.code() + " version " + published.version() + ", in force from " + published.validFrom());
                    return DONE;
                }
            }
        } catch (Refusal refusal) {
            err.println("refused: " + refusal.code().name() + (refusal.field() == null ? "" : " at " + refusal.field()) + ": " + refusal.sentence(Language.EN) + " "
                    + refusal.whatToDo(Language.EN));
            return REFUSED;
        } catch (SqlFailure e) {
            // Whoever runs commands tells the broken rule, and nothing else of the database's message.
            throw e.getCause();
        } catch (IOException e) {
            err.println("error: no readable file in UTF-8 at " + arguments.get(1));
            return WRONG_USE;
        }
        err.println("error: no such command");
        err.println(USAGE);
        return WRONG_USE;
    }

    private static String read(Path file) throws IOException {
        // UTF-8 has at most four octets a character; one more is enough to refuse.
        int most = 4 * ProcedureDocument.CHARACTERS_MAX;
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] octets = stream.readNBytes(most + 1);
            if (octets.length > most) {
                throw Refusal.of(InputRefusal.REQUEST_TOO_LARGE, "document", most);
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        }
    }
}
