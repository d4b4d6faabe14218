package dev.tributary;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import io.smallrye.config.ConfigMapping;
import jakarta.ws.rs.Path;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The order of the rooms and the few rules of naming, on what javac made of src/main. */
class ArchitectureTest {
    private static final String ROOT = "dev.tributary";
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void a_room_imports_only_rooms_above_it() {
        assertThat(HOUSE).isNotEmpty();
        classes().should(Rooms.areKeptBelow(ROOT)).check(HOUSE);
    }

    @Test
    void an_import_of_a_lower_room_and_a_package_that_is_no_room_are_found() {
        String seeded = ROOT + ".seeded";
        JavaClasses seeds = new ClassFileImporter().importPackages(seeded);

        EvaluationResult result = classes().should(Rooms.areKeptBelow(seeded)).evaluate(seeds);

        List<String> found = result.getFailureReport().getDetails();
        assertThat(found).anyMatch(line -> line.contains("Optional[problem] must not import Optional[click]"));
        assertThat(found).anyMatch(line -> line.contains("Optional[click] must not import Optional[util]"));
        assertThat(found).anyMatch(line -> line.contains("stands in util, which is not a room"));
        assertThat(found).noneMatch(line -> line.contains("Optional[click] must not import Optional[problem]"));
    }

    @Test
    void a_room_knows_nothing_of_its_own_doors_and_other_rooms_know_none() {
        Rooms.DOORS.forEach((room, doors) -> {
            for (int i = 0; i < doors.size(); i++) {
                String[] mayKnow = doors.subList(i, doors.size()).stream()
                        .map(door -> "%s.%s.%s..".formatted(ROOT, room, door))
                        .toArray(String[]::new);
                noClasses()
                        .that()
                        .resideOutsideOfPackages(mayKnow)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(mayKnow[0])
                        .check(HOUSE);
            }
        });
    }

    @Test
    void the_rooms_that_are_built_stand_in_the_architecture_document_in_this_order() throws Exception {
        List<String> told = Pattern.compile("(?m)^\\| ([a-z]+) \\| ")
                .matcher(Files.readString(java.nio.file.Path.of("ARCHITECTURE.md")))
                .results()
                .map(match -> match.group(1))
                .filter(Rooms.IN_ORDER::contains)
                .toList();
        List<String> built = Rooms.IN_ORDER.stream()
                .filter(room -> HOUSE.stream().anyMatch(type -> within(type, room)))
                .toList();

        assertThat(told).isEqualTo(built);
    }

    private static boolean within(JavaClass type, String room) {
        return (type.getPackageName() + ".").startsWith(ROOT + "." + room + ".");
    }

    @Test
    void every_package_says_what_may_be_null() {
        TreeSet<String> packages =
                HOUSE.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> marked = HOUSE.stream()
                .filter(type -> type.getSimpleName().equals("package-info") && type.isAnnotatedWith(NullMarked.class))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(marked).isEqualTo(packages);
    }

    @Test
    void a_suffix_says_what_a_class_is_and_there_are_few() {
        for (String vague : List.of("Impl", "Util", "Utils", "Helper", "Manager", "Service", "Controller", "Dto")) {
            noClasses().should().haveSimpleNameEndingWith(vague).check(HOUSE);
        }
        classes()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .should()
                .beAnnotatedWith(Path.class)
                .check(HOUSE);
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .haveSimpleNameEndingWith("Resource")
                .check(HOUSE);
        classes()
                .that()
                .haveSimpleNameEndingWith("Config")
                .should()
                .beAnnotatedWith(ConfigMapping.class)
                .check(HOUSE);
    }

    @Test
    void nothing_names_the_machines_clock_but_the_clock_room() {
        Stream.of("java.time.Instant", "java.time.OffsetDateTime", "java.time.LocalDate", "java.time.LocalDateTime")
                .forEach(type -> noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + ".clock")
                        .should()
                        .callMethod(type, "now")
                        .check(HOUSE));
    }
}
