package com.medspasync.functions;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.hosting.AzureHttp;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which package may call which. The map in README.md says the same in prose. */
class ArchitectureTest {

    private static final String ROOT = "com.medspasync.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("/test-classes/"))
            .importPackages("com.medspasync");

    @Test
    void packages_never_formACycle() {
        slices().matching("com.medspasync.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shared_never_knowsTheTriggers() {
        noClasses()
                .that()
                .resideInAPackage("com.medspasync..")
                .and()
                .resideOutsideOfPackage("com.medspasync.functions..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("com.medspasync.functions..", "com.microsoft.azure.functions.."))
                .check(CLASSES);
    }

    @Test
    void tenant_dependsOn_nothingOfOurs() {
        onlyKnows("tenant");
        onlyKnows("input");
        onlyKnows("hosting");
    }

    @Test
    void foundations_knowOnlyWhatLiesBelowThem() {
        onlyKnows("crypto", "tenant", "hosting");
        onlyKnows("database", "tenant");
        onlyKnows("contact", "input");
        onlyKnows("schedule", "input");
        onlyKnows("masking", "tenant", "contact");
        onlyKnows("idempotency", "tenant", "database", "crypto", "repository");
        onlyKnows("repository", "tenant", "input", "crypto", "database");
        onlyKnows("job", "tenant", "crypto", "database");
        onlyKnows("message", "tenant", "input", "contact", "crypto", "database", "repository");
        onlyKnows("notice", "tenant", "database", "job", "message");
        onlyKnows("shredding", "tenant", "input", "crypto", "database", "job");
        onlyKnows("rotation", "tenant", "input", "crypto", "database", "job", "shredding");
        onlyKnows("keyring", "tenant", "crypto", "database");
        onlyKnows("history", "tenant", "input", "crypto", "database", "masking", "repository", "keyring", "rotation");
        onlyKnows("password", "input", "contact", "crypto", "hosting");
        onlyKnows("token", "tenant", "crypto", "database", "job", "rotation");
        onlyKnows("expiry", "tenant", "database");
        onlyKnows("reporting", "tenant", "input", "database");
    }

    @Test
    void features_knowFoundationsAndNoOtherFeature() {
        for (String feature : new String[] {
            "clients",
            "services",
            "staff",
            "practices",
            "identity",
            "emergency",
            "maskedcopy",
            "availability",
            "reminders"
        }) {
            onlyKnows(
                    feature,
                    "tenant",
                    "hosting",
                    "input",
                    "contact",
                    "crypto",
                    "database",
                    "idempotency",
                    "masking",
                    "schedule",
                    "repository",
                    "job",
                    "rotation",
                    "shredding",
                    "keyring",
                    "history",
                    "schedule",
                    "message",
                    "notice",
                    "password",
                    "token");
        }
    }

    @Test
    void appointments_knowTheClientsWhoComeToThem() {
        onlyKnows(
                "appointments",
                "tenant",
                "input",
                "crypto",
                "database",
                "idempotency",
                "masking",
                "repository",
                "rotation",
                "keyring",
                "history",
                "clients");
    }

    @Test
    void connections_areOpened_onlyByTheDatabasePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("com.medspasync.database..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer.hikari.."))
                .because("a statement that does not run through PracticeDatabase runs without its practice")
                .check(CLASSES);
    }

    @Test
    void addressesThatOthersChose_areConnectedTo_onlyByWhatChecksThem() {
        noClasses()
                .that()
                .resideInAPackage("com.medspasync..")
                .and()
                .doNotHaveFullyQualifiedName("com.medspasync.message.Poster")
                .and()
                .resideOutsideOfPackages("com.medspasync.hosting..", "com.medspasync.functions..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net.http.."))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.net\\.(Socket|HttpURLConnection)|javax\\.net\\.ssl\\.(SSLSocketFactory|HttpsURLConnection)")
                .because("a URL that a practice has chosen could lead into the platform's own surroundings")
                .check(CLASSES);
    }

    @Test
    void keys_areUsed_onlyByTheCryptoPackageAndTheTokens() {
        noClasses()
                .that()
                .resideOutsideOfPackages("com.medspasync.crypto..", "com.medspasync.identity..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("javax.crypto.."))
                .check(CLASSES);
    }

    @Test
    void keyVaultsChallenges_areVerified_always() {
        noClasses()
                .should()
                .callMethodWhere(target(name("disableChallengeResourceVerification")))
                .because("a token would go to whoever answers under the vault's name")
                .check(CLASSES);
        assertThat(CLASSES.stream().flatMap(type -> type.getMethodCallsFromSelf().stream()))
                .as("calls of the builder, so that the rule above looks where clients are built")
                .anyMatch(call -> call.getTargetOwner().getName().endsWith("SecretClientBuilder"));
    }

    @Test
    void credentials_areBuilt_onlyAsTheAppsIdentity() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("com.medspasync.functions.AppIdentity")
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.azure.identity.."))
                .because("only there is the chain of credentials cut down to the managed identity")
                .check(CLASSES);
    }

    @Test
    void azuresClients_areBuilt_onlyOverConnectionsThatReadOnThreadsOfTheirOwn() {
        Set<String> building = CLASSES.stream()
                .filter(type -> type.getConstructorCallsFromSelf().stream()
                        .map(call -> call.getTargetOwner().getName())
                        .anyMatch(built -> built.startsWith("com.azure.")
                                && (built.endsWith("ClientBuilder") || built.endsWith("CredentialBuilder"))))
                .map(JavaClass::getName)
                .filter(type -> !type.equals(AzureHttp.class.getName()))
                .collect(Collectors.toSet());
        assertThat(building)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(type -> assertThat(CLASSES.get(type).getMethodCallsFromSelf())
                        .as("docs/decisions/0016: calls of AzureHttp by " + type)
                        .anyMatch(call -> call.getTargetOwner().getName().equals(AzureHttp.class.getName())));
    }

    @Test
    void everyPackage_isNullMarked() {
        TreeSet<String> unmarked = CLASSES.stream()
                .map(type -> type.getPackage())
                .filter(room -> !room.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(room -> room.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).isEmpty();
    }

    private static void onlyKnows(String room, String... allowed) {
        String[] forbidden = CLASSES.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()).split("\\.", -1)[0])
                .distinct()
                .filter(name -> !name.equals(room))
                .filter(name -> !java.util.List.of(allowed).contains(name))
                .map(name -> ROOT + name + "..")
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .onlyDependOnClassesThat(
                        com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(forbidden)))
                .allowEmptyShould(false)
                .check(CLASSES);
    }
}
