package org.kopuro.loans.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What PostgreSQL says of a plan that it ran, for people: without what was never run, in full and in a line. */
final class PlanText {

    private static final int WIDTH = 200;
    private static final Pattern NODE = Pattern.compile("( *)(?:->  )?(.*) \\((?:actual rows=(\\d+) loops=(\\d+)|never executed)\\)");
    private static final Pattern SCAN = Pattern.compile("(?:Parallel )?(Index Only Scan|Index Scan|Bitmap Index Scan|Bitmap Heap Scan|Seq Scan)(?: Backward)?(?: using (\\w+))? on (\\w+).*");

    private PlanText() {
    }

    /** The nodes that ran, with their conditions, no line longer than is read. */
    static String pruned(String plan) {
        StringBuilder text = new StringBuilder();
        int never = Integer.MAX_VALUE;
        for (String line : plan.split("\n")) {
            int indent = line.length() - line.stripLeading().length();
            if (indent <= never) {
                never = line.endsWith("(never executed)") ? indent : Integer.MAX_VALUE;
                if (never == Integer.MAX_VALUE && !line.strip().startsWith("Worker ") && (text.length() < WIDTH || !line.strip().startsWith("Buffers: "))) {
                    text.append(line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line).append('\n');
                }
            }
        }
        return text.toString();
    }

    /** From what is read to what is answered: tables, indexes, sorts, sums, how many processes; what had no rows is left out. */
    static String gist(String plan) {
        List<String> steps = new ArrayList<>();
        String processes = "";
        for (String line : pruned(plan).split("\n")) {
            Matcher node = NODE.matcher(line);
            if (line.contains("Workers Launched: ")) {
                processes = ", " + (1 + Integer.parseInt(line.substring(line.indexOf(": ") + 2).strip())) + " processes";
            } else if (line.contains("Sort Method: ")) {
                steps.replaceAll(step -> step.equals("?") ? sortOf(line) : step);
            } else if (node.matches() && node.group(3) != null && Long.parseLong(node.group(3)) > 0) {
                step(node.group(2), Long.parseLong(node.group(3)) * Long.parseLong(node.group(4)), steps);
            }
        }
        List<String> told = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (!steps.get(i).equals("?") && !told.contains(steps.get(i))) {
                told.add(steps.get(i));
            }
        }
        return String.join(" → ", told) + processes;
    }

    private static String sortOf(String line) {
        return line.contains("top-N") ? "best 100" : line.contains("external") ? "sort on disk" : "sort";
    }

    private static void step(String name, long rows, List<String> steps) {
        Matcher scan = SCAN.matcher(name);
        if (scan.matches()) {
            String of = scan.group(2) == null ? scan.group(3) : scan.group(2);
            String how = scan.group(1).equals("Index Only Scan") ? " alone" : scan.group(1).equals("Seq Scan") ? ", whole" : "";
            // What is looked up for the rows of a page is no more than they are.
            if (!scan.group(1).equals("Bitmap Heap Scan") && !of.matches("programme|participant|participant_pk|applicant_pk") && !(of.equals("loan_contour_unique") && rows <= 100)) {
                steps.add(of + how + " (" + rows + ")");
            }
        } else if (name.endsWith("HashAggregate")) {
            steps.add("hash");
        } else if (name.endsWith("GroupAggregate")) {
            steps.add("groups");
        } else if (name.equals("Sort")) {
            steps.add("?");
        }
    }
}
