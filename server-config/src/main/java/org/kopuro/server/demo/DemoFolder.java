package org.kopuro.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.kopuro.server.Folders;

/** The files that a person takes away from the demo. */
public record DemoFolder(Path path) {

    private static final String README = """
            Made by bin/run for trying things out; everything in it is invented. Delete the folder and the next start makes it anew.

            accounts.txt              logins and passwords of the demo accounts
            registers.txt             what the invented registers were made from
            loan.json                 a loan to begin with: the README of the project says how to enter it
            app/key.pem               the demo bank's key: PKCS#8, RSA 2048
            app/cert.pem              its certificate, registered for central-server/COM/60009999/demo-bank-service
            app/keystore.p12          both as PKCS#12: password demo, alias app
            app/token.txt             a taxpayer's token for that bank, one line; whoever has it and the key reads that taxpayer's data
            app/<service>.xml         a complete message for each service, not signed yet
            app/sample-receipt.json   the proof that the token's issue is in the ledger: bin/verify checks it
            server/ledger.vkey        under which key the ledger signs
            server/cert.pem           whose signature an answer has when the call was signed with RSA
            server/cert-ec.pem        the same for calls signed with an elliptic curve
            """;

    /** Creates what is missing; the folders are closed to other users of the machine. */
    public void prepare() throws IOException {
        for (Path folder : new Path[] {path, app(), server()}) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        Files.writeString(path.resolve("README.txt"), README);
    }

    public Path app() {
        return path.resolve("app");
    }

    public Path server() {
        return path.resolve("server");
    }

    public Path token() {
        return app().resolve("token.txt");
    }

    Path loan() {
        return path.resolve("loan.json");
    }

    Path accounts() {
        return path.resolve("accounts.txt");
    }

    Path registers() {
        return path.resolve("registers.txt");
    }

    static void writePrivately(Path file, String text) throws IOException {
        Folders.writePrivately(file, text);
    }
}
