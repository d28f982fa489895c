package org.kopuro.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.installation.Setback;
import org.kopuro.installation.Setbacks;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A token that cannot be written down when its moment has come: the others do not wait for it, and it waits ever longer. */
class PuttingOffIT {

    private final Scene scene = new Scene();
    private final UUID bad = issue();
    private final UUID good = issue();
    private boolean broken = true;
    private int attempts;

    /** As the container calls them: a transaction for every call. */
    private final DueTokens due = new DueTokens() {
        @Override
        public int write(TokenDue kind) {
            return scene.application.with(DueTokens.class, tokens -> {
                if (broken && tokens.ids(kind).contains(bad)) {
                    throw new IllegalStateException("one spoils the batch");
                }
                return tokens.write(kind);
            });
        }

        @Override
        public int write(TokenDue kind, UUID token) {
            if (token.equals(bad)) {
                attempts++;
                if (broken) {
                    throw new IllegalStateException("and itself");
                }
            }
            return scene.application.with(DueTokens.class, tokens -> tokens.write(kind, token));
        }

        @Override
        public List<UUID> ids(TokenDue kind) {
            return scene.application.with(DueTokens.class, tokens -> tokens.ids(kind));
        }
    };
    private final Setbacks setbacks = new Setbacks() {
        @Override
        public void failed(String matter, Throwable cause) {
            scene.application.run(Setbacks.class, all -> all.failed(matter, cause));
        }

        @Override
        public void over(String matter) {
            scene.application.run(Setbacks.class, all -> all.over(matter));
        }

        @Override
        public List<Setback> list() {
            return scene.application.with(Setbacks.class, Setbacks::list);
        }
    };
    private final TokenDates dates = new TokenDates(due, setbacks, scene.application.clock());

    @Test
    void theOthersAreWrittenAndItIsTriedAgainAfterEverLongerPausesInSightOfStaff() {
        scene.application.clock().advance(Duration.ofDays(40));
        dates.look();
        assertEquals("EXPIRED", state(good));
        assertEquals("ACTIVE", state(bad));
        assertEquals(1, attempts);
        dates.look();
        assertEquals(1, attempts, "it waits");
        for (int failures = 2; failures <= 4; failures++) {
            scene.application.clock().advance(Duration.ofMinutes(1L << (failures - 2)).minusSeconds(1));
            dates.look();
            assertEquals(failures - 1, attempts, "not before its time");
            scene.application.clock().advance(Duration.ofSeconds(1));
            dates.look();
            assertEquals(failures, attempts);
        }
        Setback told = mine().get(0);
        assertEquals("4 IllegalStateException " + scene.application.clock().instant().plus(Duration.ofMinutes(8)), told.failures() + " " + told.problem() + " " + told.nextAt());
        broken = false;
        scene.application.clock().advance(Duration.ofMinutes(8));
        dates.look();
        assertEquals("EXPIRED", state(bad));
        assertEquals(List.of(), mine());
        assertFalse(setbacks.list().stream().anyMatch(one -> one.matter().contains(good.toString())));
    }

    private UUID issue() {
        return scene.token(scene.subsystem, Set.of("headcount"), scene.today().plusDays(30)).token().id().value();
    }

    private List<Setback> mine() {
        return setbacks.list().stream().filter(one -> one.matter().equals("token expired " + bad)).toList();
    }

    private static String state(UUID token) {
        return Rows.of("select state from consent.token where id = ?", token).get(0);
    }
}
