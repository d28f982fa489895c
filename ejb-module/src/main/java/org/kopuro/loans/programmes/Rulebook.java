package org.kopuro.loans.programmes;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kopuro.kernel.Refusal;

/** All programmes and their approved rule sets, as of one moment: a value that asks nobody, however many loans are judged by it. */
public final class Rulebook {

    /** Where days of loans begin and end (§1). */
    public static final ZoneId ZONE = ZoneId.of("Europe/Moscow");

    private final Map<String, Programme> programmes = new LinkedHashMap<>();
    private final Map<String, Map<Integer, List<RuleSet>>> newestFirst = new HashMap<>();

    Rulebook(Collection<Programme> programmes, Collection<RuleSet> approved) {
        programmes.forEach(programme -> this.programmes.put(programme.code(), programme));
        approved.stream().sorted(Comparator.comparing(RuleSet::version).reversed())
                .forEach(rules -> newestFirst.computeIfAbsent(rules.programme(), code -> new HashMap<>()).merge(rules.stage(), List.of(rules),
                        (newer, older) -> Stream.concat(newer.stream(), older.stream()).toList()));
    }

    private Rulebook(Rulebook other, RuleSet instead) {
        programmes.putAll(other.programmes);
        newestFirst.putAll(other.newestFirst);
        Map<Integer, List<RuleSet>> stages = new HashMap<>(newestFirst.getOrDefault(instead.programme(), Map.of()));
        stages.merge(instead.stage(), List.of(instead), (others, first) -> Stream.concat(first.stream(), others.stream()).toList());
        newestFirst.put(instead.programme(), stages);
    }

    /** This one, were those rules the ones that hold for their stage (LOAN-81). */
    public Rulebook with(RuleSet rules) {
        return new Rulebook(this, rules);
    }

    /** The day in Moscow. */
    public static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZONE);
    }

    public Optional<Programme> programme(String code) {
        return Optional.ofNullable(programmes.get(code));
    }

    /** By the days of their decrees. */
    public List<Programme> programmes() {
        return List.copyOf(programmes.values());
    }

    /**
     * The rules for a loan (LOAN-60): of the stage of its contract's day, until there is one of the application's; of what falls into none, the nearest later stage's, else the last one's. Refused
     * where the programme is unknown or has no approved rules.
     *
     * @param appliedOn the day in Moscow, as {@link #day} tells it
     */
    public Chosen choose(String programme, LocalDate appliedOn, Optional<LocalDate> contractOn) {
        if (!programmes.containsKey(programme)) {
            throw Refusal.of(ProgrammeRefusal.PROGRAMME_UNKNOWN, "programme");
        }
        LocalDate day = contractOn.orElse(appliedOn);
        List<RuleSet> stages = newestFirst.getOrDefault(programme, Map.of()).values().stream().map(versions -> versions.get(0)).sorted(Comparator.comparing(RuleSet::issuedFrom)).toList();
        for (RuleSet stage : stages) {
            if (new Period(stage.issuedFrom(), stage.issuedTo()).covers(day)) {
                return new Chosen(stage, false);
            }
        }
        return new Chosen(stages.stream().filter(stage -> stage.issuedFrom().isAfter(day)).findFirst().or(() -> stages.stream().reduce((one, next) -> next))
                .orElseThrow(() -> Refusal.of(ProgrammeRefusal.PROGRAMME_WITHOUT_RULES, "programme")), true);
    }

    /** An approved version, held or overtaken. */
    public Optional<RuleSet> version(String programme, int stage, int version) {
        return newestFirst.getOrDefault(programme, Map.of()).getOrDefault(stage, List.of()).stream().filter(rules -> rules.version() == version).findFirst();
    }

    /** All approved versions of all programmes. */
    public Stream<RuleSet> ruleSets() {
        return newestFirst.values().stream().flatMap(stages -> stages.values().stream()).flatMap(List::stream);
    }

    /** @param outsideStage whether the day falls into no stage: the card is flagged OUTSIDE_STAGE */
    public record Chosen(RuleSet rules, boolean outsideStage) {
    }
}
