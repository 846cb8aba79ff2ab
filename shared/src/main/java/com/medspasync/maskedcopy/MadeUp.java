package com.medspasync.maskedcopy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.medspasync.maskedcopy.Treatment.Invention;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes values up, of a form that the platform takes and in ranges that nobody real is in: telephone numbers that are kept free for fiction
 * (555-0100 to 555-0199), addresses of the reserved domain example.com (RFC 2606), postal codes and numbers of authorities that are not given
 * out. Everything is drawn from whom it belongs to and nothing from the value it stands for, so that it says nothing of it. Thread-safe.
 */
final class MadeUp {

    private static final List<String> AREA_CODES =
            List.of("202", "212", "303", "305", "312", "404", "415", "503", "512", "602", "617", "702", "713", "808");
    private static final List<String> STREETS =
            List.of("Specimen Lane", "Placeholder Road", "Sampler Street", "Mockup Avenue", "Dummy Court");
    private static final List<String> CITIES = List.of("Exampleton", "Fictown", "Samplefield", "Nowhereville");
    private static final List<String> STATES = List.of("AZ", "CA", "CO", "FL", "GA", "IL", "NY", "OR", "TX", "WA");
    private static final List<String> RELATIONS = List.of("friend", "parent", "partner", "sibling");
    private static final List<String> TREATMENTS = List.of("Facial", "Peel", "Laser", "Massage", "Injection", "Wrap");
    private static final List<String> WORDS =
            List.of("Group", "Family", "Range", "Section", "Class", "Kind", "Line", "Set");

    private final Pseudonyms pseudonyms;
    private final MadeUpNames names;
    private final UnissuedNumbers numbers;

    MadeUp(Pseudonyms pseudonyms, MadeUpNames names) {
        this.pseudonyms = pseudonyms;
        this.names = names;
        this.numbers = new UnissuedNumbers(pseudonyms.seed("numbers"));
    }

    /**
     * Whose values are made up.
     *
     * @param id in the copy
     * @param login id in the copy of the user that this is, or that logs in as this
     * @param ordinal how many of the kind came before, from 0
     */
    record Subject(long seed, UUID id, UUID login, long ordinal) {

        /** The same draws for the same thing, whatever else is drawn. */
        RandomGenerator draws(String thing) {
            return new SplittableRandom(seed + thing.hashCode());
        }
    }

    JsonNode of(Invention invention, Subject subject) {
        RandomGenerator random = subject.draws(invention.name());
        return switch (invention) {
            case FIRST_NAME -> text(first(subject));
            case LAST_NAME -> text(last(subject));
            case PRACTICE_NAME -> text("Practice " + names.last(random));
            case SERVICE_NAME -> text(names.last(random) + " " + pick(TREATMENTS, random));
            case CLIENT_EMAIL ->
                text(MadeUpNames.local(first(subject)) + "." + MadeUpNames.local(last(subject)) + "."
                        + mailbox(subject.id()));
            case USER_EMAIL -> text("user." + mailbox(subject.login()));
            case PRACTICE_EMAIL -> text("desk." + mailbox(subject.id()));
            case PHONE -> text(phone(random));
            case SSN -> text(numbers.ssn(subject.ordinal()));
            case TAX_ID -> text("00-%07d".formatted(random.nextInt(10_000_000)));
            case LICENSE -> text("COPY-%06d".formatted(random.nextInt(1_000_000)));
            case ADDRESS_LINE -> text(street(random));
            case ADDRESS -> address(random);
            case EMERGENCY_CONTACT -> contact(random);
        };
    }

    /** A word in the place of another, the same wherever that stands in the column. */
    String word(String column, String real) {
        RandomGenerator random = new SplittableRandom(pseudonyms.seed(column, real));
        return pick(WORDS, random) + " " + names.last(random);
    }

    private String first(Subject subject) {
        return names.first(subject.draws(Invention.FIRST_NAME.name()));
    }

    private String last(Subject subject) {
        return names.last(subject.draws(Invention.LAST_NAME.name()));
    }

    /** Unique within all copies: logins have to be. */
    private static String mailbox(UUID id) {
        return id.toString().replace("-", "") + "@example.com";
    }

    private static String phone(RandomGenerator random) {
        return "+1" + pick(AREA_CODES, random) + "55501" + "%02d".formatted(random.nextInt(100));
    }

    private static String street(RandomGenerator random) {
        return 1 + random.nextInt(99) + " " + pick(STREETS, random);
    }

    private static ObjectNode address(RandomGenerator random) {
        ObjectNode address = JsonNodeFactory.instance.objectNode();
        address.put("line1", street(random));
        address.put("city", pick(CITIES, random));
        address.put("state", pick(STATES, random));
        // No post office has a code that begins with 000.
        address.put("postalCode", "000%02d".formatted(random.nextInt(100)));
        address.put("country", "US");
        return address;
    }

    private ObjectNode contact(RandomGenerator random) {
        ObjectNode contact = JsonNodeFactory.instance.objectNode();
        contact.put("name", names.first(random) + " " + names.last(random));
        contact.put("relationship", pick(RELATIONS, random));
        contact.put("phone", phone(random));
        return contact;
    }

    private static String pick(List<String> from, RandomGenerator random) {
        return from.get(random.nextInt(from.size()));
    }

    private static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }
}
