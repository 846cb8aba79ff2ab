package com.medspasync.maskedcopy;

import com.medspasync.contact.PersonName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Names of nobody: put together of syllables, so that one sees at once that a record is made up. Those that somebody in the practice bears
 * after all are left out. Thread-safe.
 */
final class MadeUpNames {

    private static final List<String> BEGINNINGS = List.of(
            "Bex", "Caz", "Dov", "Elz", "Fyn", "Gwo", "Hux", "Ixa", "Jol", "Kev", "Lyz", "Myx", "Nuv", "Oxi", "Pax",
            "Quo", "Rux", "Syv", "Tov", "Ulx", "Vaz", "Wix", "Xov", "Yuz", "Zor");

    private static final List<String> FIRST_ENDINGS =
            List.of("abi", "eyo", "iku", "ovu", "uxa", "yra", "ozi", "ewa", "aju", "igo", "upe", "yto");

    private static final List<String> LAST_ENDINGS =
            List.of("vrak", "zlow", "xund", "jorv", "kwim", "phax", "gwod", "tzel", "vlun", "zhar", "bwex", "ndyx");

    private final List<String> firstNames;
    private final List<String> lastNames;

    /** @param taken names that are somebody's, as searches compare them */
    MadeUpNames(Collection<String> taken) {
        Set<String> left = new HashSet<>(taken);
        this.firstNames = without(left, FIRST_ENDINGS);
        this.lastNames = without(left, LAST_ENDINGS);
        if (firstNames.isEmpty() || lastNames.isEmpty()) {
            throw new IllegalStateException("every name that could be made up is somebody's");
        }
    }

    /** All that there are, as searches compare them. */
    static List<String> all() {
        return Stream.of(FIRST_ENDINGS, LAST_ENDINGS)
                .flatMap(endings -> without(Set.of(), endings).stream())
                .map(PersonName::searchForm)
                .toList();
    }

    private static List<String> without(Set<String> taken, List<String> endings) {
        List<String> names = new ArrayList<>();
        for (String beginning : BEGINNINGS) {
            for (String ending : endings) {
                if (!taken.contains(PersonName.searchForm(beginning + ending))) {
                    names.add(beginning + ending);
                }
            }
        }
        return List.copyOf(names);
    }

    String first(RandomGenerator random) {
        return firstNames.get(random.nextInt(firstNames.size()));
    }

    String last(RandomGenerator random) {
        return lastNames.get(random.nextInt(lastNames.size()));
    }

    /** A name in the form of an e-mail address's local part. */
    static String local(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
