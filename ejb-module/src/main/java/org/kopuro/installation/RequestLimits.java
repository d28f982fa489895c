package org.kopuro.installation;

import org.eclipse.microprofile.config.Config;

/**
 * How much of the loans' REST interface each participant has on a node, [data]: so many requests a second on average, so many at once before that counts, so many files that come or go at one time.
 */
public record RequestLimits(int perSecond, int burst, int filesAtOnce) {

    private static final int PER_SECOND = 50;
    private static final int BURST = 100;
    private static final int FILES_AT_ONCE = 2;
    private static final int MAX = 100_000;

    public RequestLimits {
        require(perSecond, "requests-per-second");
        require(burst, "requests-burst");
        require(filesAtOnce, "files-at-once");
    }

    static RequestLimits of(Config config) {
        return new RequestLimits(number(config, "requests-per-second", PER_SECOND), number(config, "requests-burst", BURST), number(config, "files-at-once", FILES_AT_ONCE));
    }

    private static int number(Config config, String name, int otherwise) {
        return config.getOptionalValue("kopuro.loans." + name, Integer.class).orElse(otherwise);
    }

    private static void require(int number, String name) {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("kopuro.loans." + name + " must be between 1 and " + MAX + ", not " + number + ".");
        }
    }
}
