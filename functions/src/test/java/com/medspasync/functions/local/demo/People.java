package com.medspasync.functions.local.demo;

import com.medspasync.clients.Address;
import com.medspasync.clients.ClientDraft;
import com.medspasync.clients.ClientStatus;
import com.medspasync.clients.DateOfBirth;
import com.medspasync.clients.EmergencyContact;
import com.medspasync.clients.Ssn;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes up people. Telephone numbers are of the range that is kept free for fiction (555-0100 to 555-0199), e-mail addresses of a reserved domain
 * (RFC 2606); Social Security numbers are well-formed and drawn at random, each once.
 */
public final class People {

    private static final List<String> FIRST_NAMES = List.of(
            "Ada",
            "Aaliyah",
            "Aisha",
            "Alejandro",
            "Amélie",
            "Ana",
            "Andrzej",
            "Anh",
            "Beatriz",
            "Bjørn",
            "Camila",
            "Catherine",
            "Chloë",
            "Daniel",
            "Dev",
            "Diego",
            "D'Arcy",
            "Elif",
            "Elizabeth",
            "Emeka",
            "Esther",
            "Fatima",
            "François",
            "Grace",
            "Hannah",
            "Hiro",
            "Ingrid",
            "Isabella",
            "Jamal",
            "Jean-Luc",
            "Jennifer",
            "Jia",
            "José",
            "Kateryna",
            "Keisha",
            "Kofi",
            "Léa",
            "Liam",
            "Lucía",
            "Magdalena",
            "Margaret",
            "Mary Ann",
            "Mei",
            "Michael",
            "Nadia",
            "Noah",
            "Olumide",
            "Olivia",
            "Priya",
            "Rachel",
            "Renée",
            "Robert",
            "Rosa",
            "Samira",
            "Seán",
            "Sofía",
            "Thảo",
            "Tomás",
            "Uma",
            "Valentina",
            "William",
            "Xavier",
            "Yuki",
            "Zoë");

    private static final List<String> LAST_NAMES = List.of(
            "Abara",
            "Adeyemi",
            "Ahmed",
            "Álvarez",
            "Anderson",
            "Baker",
            "Björk",
            "Brown",
            "Castellanos",
            "Chen",
            "Cohen",
            "Cruz",
            "D'Souza",
            "Davis",
            "de la Cruz",
            "Dvořák",
            "Eriksson",
            "Fernández",
            "Fischer",
            "García",
            "Goldberg",
            "Gonçalves",
            "Hernández",
            "Hughes",
            "Ibrahim",
            "Ito",
            "Jackson",
            "Johnson",
            "Kaczmarek",
            "Kim",
            "Kowalski",
            "Laurent",
            "Lee",
            "López",
            "MacDonald",
            "Martin",
            "Mbeki",
            "McCarthy",
            "Müller",
            "Nakamura",
            "Nguyễn",
            "O'Brien",
            "O'Connor",
            "Okafor",
            "Okonkwo",
            "Park",
            "Patel",
            "Pérez",
            "Petrov",
            "Quinn",
            "Ramírez",
            "Reyes",
            "Rossi",
            "Saint-Pierre",
            "Schneider",
            "Silva",
            "Singh",
            "Smith",
            "Sørensen",
            "Taylor",
            "Thompson",
            "Tran",
            "Van den Berg",
            "Villanueva",
            "Wang",
            "Williams",
            "Yılmaz",
            "Young",
            "Zhang");

    private static final List<String> STREETS = List.of(
            "Main Street", "Oak Avenue", "Maple Drive", "Sunset Boulevard", "Lakeview Road", "Elm Court", "2nd Street");

    private record Town(String city, String state, String postalCode, String areaCode) {}

    private static final List<Town> TOWNS = List.of(
            new Town("San Francisco", "CA", "94110", "415"),
            new Town("Los Angeles", "CA", "90026", "213"),
            new Town("Austin", "TX", "78704", "512"),
            new Town("New York", "NY", "10011", "212"),
            new Town("Miami", "FL", "33130", "305"),
            new Town("Chicago", "IL", "60614", "312"),
            new Town("Seattle", "WA", "98103", "206"),
            new Town("Denver", "CO", "80205", "303"),
            new Town("Boston", "MA", "02118", "617"),
            new Town("Phoenix", "AZ", "85004", "602"));

    private static final List<String> HISTORIES = List.of(
            "No known allergies. Botulinum toxin 20 units to the glabella twice, well tolerated.",
            "Allergic to penicillin. Hypertension, managed with lisinopril.",
            "History of cold sores: prophylaxis before laser treatment of the face.",
            "Hyaluronic acid filler to the lips; mild bruising for five days.",
            "Latex sensitivity. Fitzpatrick skin type IV; test spot before any laser.",
            "Type 2 diabetes, HbA1c 6.8 %. Slow wound healing discussed.",
            "Isotretinoin ended four months ago; chemical peel deferred to six months.",
            "Pregnant at last visit: injectables postponed.");

    private static final List<String> NOTES = List.of(
            "Prefers appointments in the morning.",
            "Asks for a quiet room.",
            "Reminders by text message only.",
            "Member since the opening.");

    private static final List<String> RELATIONSHIPS = List.of("spouse", "parent", "sibling", "friend", "child");

    private final RandomGenerator random;
    private final Set<Ssn> drawn = new HashSet<>();

    /** @param random the same seed gives the same people */
    public People(RandomGenerator random) {
        this.random = random;
    }

    /** One more client; {@code number} makes the e-mail address unlike all others. */
    public ClientDraft next(int number) {
        String first = pick(FIRST_NAMES);
        String last = pick(LAST_NAMES);
        Town town = pick(TOWNS);
        return new ClientDraft(
                new PersonName(first),
                new PersonName(last),
                new EmailAddress(letters(first) + "." + letters(last) + "." + number + "@example.com"),
                chance(95) ? phone(town) : null,
                chance(90) ? dateOfBirth() : null,
                chance(70) ? ssn() : null,
                chance(85) ? address(town) : null,
                chance(60)
                        ? new EmergencyContact(pick(FIRST_NAMES) + " " + last, pick(RELATIONSHIPS), phone(town))
                        : null,
                orNull(75, HISTORIES),
                status(),
                orNull(30, NOTES));
    }

    private ClientStatus status() {
        int roll = random.nextInt(100);
        return roll < 80 ? ClientStatus.ACTIVE : roll < 90 ? ClientStatus.VIP : ClientStatus.INACTIVE;
    }

    private PhoneNumber phone(Town town) {
        return new PhoneNumber("+1" + town.areaCode() + "55501" + twoDigits(random.nextInt(100)));
    }

    private DateOfBirth dateOfBirth() {
        return new DateOfBirth(LocalDate.of(1940, 1, 1).plusDays(random.nextInt(24_000)));
    }

    private Ssn ssn() {
        Ssn ssn;
        do {
            int area = 1 + random.nextInt(899);
            String group = twoDigits(1 + random.nextInt(99));
            int serial = 1 + random.nextInt(9999);
            ssn = new Ssn(String.format(Locale.ROOT, "%03d%s%04d", area == 666 ? 667 : area, group, serial));
        } while (!drawn.add(ssn));
        return ssn;
    }

    private Address address(Town town) {
        String line2 = chance(25) ? "Apt " + (1 + random.nextInt(40)) : null;
        return new Address(
                (1 + random.nextInt(9_900)) + " " + pick(STREETS),
                line2,
                town.city(),
                town.state(),
                town.postalCode(),
                "US");
    }

    private @Nullable String orNull(int percent, List<String> texts) {
        return chance(percent) ? pick(texts) : null;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String twoDigits(int number) {
        return String.format(Locale.ROOT, "%02d", number);
    }

    private static String letters(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]", "");
    }
}
