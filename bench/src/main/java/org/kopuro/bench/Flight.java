package org.kopuro.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** A flight recording of a server under load, told as shares of its samples. */
final class Flight {

    /** A sample belongs to the first of these that any of its frames belongs to: from the inside of the stack outwards. */
    private static final Map<String, Predicate<String>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("logging", prefix("java.util.logging.", "org.slf4j."));
        KINDS.put("loading of classes, services and resources", prefix("java.lang.ClassLoader.loadClass", "java.util.ServiceLoader", "java.lang.ClassLoader.getResource",
                "org.glassfish.web.loader.", "java.util.ResourceBundle"));
        KINDS.put("JDBC driver", prefix("org.postgresql."));
        KINDS.put("making a signature", prefix("java.security.Signature.sign", "java.security.Signature.initSign"));
        KINDS.put("verifying a signature", prefix("java.security.Signature.verify", "java.security.Signature.initVerify"));
        KINDS.put("digests", prefix("java.security.MessageDigest."));
        KINDS.put("looking up algorithms", prefix("java.security.Provider", "sun.security.jca."));
        KINDS.put("canonical form", prefix("org.apache.xml.security.c14n."));
        KINDS.put("schema validation", prefix("com.sun.org.apache.xerces.internal.impl.xs.", "com.sun.org.apache.xerces.internal.jaxp.validation.",
                "com.ctc.wstx.msv.", "com.ctc.wstx.sw.ValidatingStream"));
        KINDS.put("JAXB", prefix("org.glassfish.jaxb."));
        KINDS.put("parsing", prefix("com.sun.org.apache.xerces.internal.parsers.", "com.sun.org.apache.xerces.internal.jaxp.DocumentBuilder"));
        KINDS.put("WSS4J and Santuario besides", prefix("org.apache.wss4j.", "org.apache.xml.security.", "org.apache.jcp.xml.dsig."));
        KINDS.put("form and policy checks", prefix("org.kopuro.exchange.soap.MessageForm", "org.kopuro.exchange.soap.SignaturePolicy",
                "org.kopuro.exchange.soap.SignatureCheck", "org.kopuro.exchange.soap.HttpMessage", "org.kopuro.exchange.soap.Answers"));
        KINDS.put("connection pool", prefix("com.sun.enterprise.resource.", "com.sun.gjc.", "com.sun.enterprise.connectors."));
        KINDS.put("EclipseLink", prefix("org.eclipse.persistence."));
        KINDS.put("transactions", prefix("com.sun.enterprise.transaction.", "com.sun.jts."));
        KINDS.put("EJB and CDI", prefix("com.sun.ejb.", "org.jboss.weld."));
        KINDS.put("CXF besides", prefix("org.apache.cxf."));
        KINDS.put("HTTP", prefix("org.glassfish.grizzly.", "org.apache.catalina."));
    }

    private static final int FRAMES_TOLD = 25;

    private Flight() {
    }

    static void begin(long process, Path file) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        jcmd(process, "JFR.start", "name=bench", "settings=profile", "filename=" + file);
    }

    static String end(long process, Path file) throws IOException, InterruptedException {
        jcmd(process, "JFR.stop", "name=bench", "filename=" + file);
        Map<String, Integer> kinds = new HashMap<>();
        Map<String, Integer> tops = new HashMap<>();
        Map<String, Integer> ours = new HashMap<>();
        int samples = 0;
        double pausedMillis = 0;
        double first = Double.MAX_VALUE;
        double last = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals("jdk.GCPhasePause")) {
                    pausedMillis += event.getDuration().toNanos() / 1e6;
                }
                if (!event.getEventType().getName().equals("jdk.ExecutionSample") || event.getStackTrace() == null) {
                    continue;
                }
                List<String> frames = event.getStackTrace().getFrames().stream().filter(RecordedFrame::isJavaFrame).map(Flight::name).toList();
                double millis = event.getStartTime().toEpochMilli();
                first = Math.min(first, millis);
                last = Math.max(last, millis);
                samples++;
                kinds.merge(kind(frames), 1, Integer::sum);
                tops.merge(frames.get(0), 1, Integer::sum);
                frames.stream().filter(frame -> frame.startsWith("org.kopuro.")).findFirst().ifPresent(frame -> ours.merge(frame, 1, Integer::sum));
            }
        }
        StringBuilder told = new StringBuilder("%d samples; collector's pauses %.1f %% of the time%n".formatted(samples, 100 * pausedMillis / (last - first)));
        tell(told, "By kind", kinds, samples);
        tell(told, "By the innermost frame", tops, samples);
        tell(told, "By the innermost frame of ours", ours, samples);
        return told.toString();
    }

    private static void tell(StringBuilder told, String title, Map<String, Integer> counts, int samples) {
        told.append("\n").append(title).append(":\n");
        counts.entrySet().stream().sorted(Map.Entry.comparingByValue(Comparator.reverseOrder())).limit(FRAMES_TOLD)
                .forEach(entry -> told.append(String.format(Locale.ROOT, "  %5.1f %%  %s%n", 100.0 * entry.getValue() / samples, entry.getKey())));
    }

    private static String kind(List<String> frames) {
        Optional<String> kind = KINDS.entrySet().stream().filter(entry -> frames.stream().anyMatch(entry.getValue())).map(Map.Entry::getKey).findFirst();
        return kind.orElse("other");
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    private static Predicate<String> prefix(String... prefixes) {
        List<String> all = List.of(prefixes);
        return frame -> all.stream().anyMatch(frame::startsWith);
    }

    static String jcmd(long process, String... words) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process)));
        command.addAll(List.of(words));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd: " + said);
        }
        return said;
    }
}
