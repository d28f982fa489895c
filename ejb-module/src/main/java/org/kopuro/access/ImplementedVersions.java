package org.kopuro.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which major versions of which services this node's release answers, as its edges say at its start. The catalogue alone cannot know: what it publishes is a contract, and one that
 * nothing implements would be answered by another version's code (ACC-85, ACC-91). Of one node, because while a release is rolled out the nodes differ.
 */
@ApplicationScoped
public class ImplementedVersions {

    /** As the database's {@code access.major_version}. */
    private static final Pattern MAJOR = Pattern.compile("^[vV]?0*([0-9]+)");

    private final Map<String, Set<String>> majors = new ConcurrentHashMap<>();

    /** Beside what was said before: another protocol may answer more versions, or other services. */
    public void add(Collection<String> services, Collection<String> versions) {
        for (String service : services) {
            Set<String> of = majors.computeIfAbsent(service, none -> ConcurrentHashMap.newKeySet());
            versions.forEach(version -> of.add(major(version)));
        }
    }

    /** Whether a call to this version is answered by code of its major version. */
    public boolean include(String service, String version) {
        return majors.getOrDefault(service, Set.of()).contains(major(version));
    }

    /** Whether the version is of one of these major versions. */
    public static boolean isOf(String version, Collection<String> majorVersions) {
        return majorVersions.stream().anyMatch(one -> major(one).equals(major(version)));
    }

    private static String major(String version) {
        Matcher number = MAJOR.matcher(version);
        return number.find() ? number.group(1) : version;
    }
}
