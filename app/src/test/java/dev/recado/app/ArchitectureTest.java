package dev.recado.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may know whom. */
class ArchitectureTest {
  private static JavaClasses recado = new ClassFileImporter().importClasses();

  @BeforeAll
  static void read_the_classes() {
    recado =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.recado");
  }

  @Test
  void all_modules_are_looked_at() {
    assertThat(recado.containPackage("dev.recado.store.sqlite")).isTrue();
    assertThat(recado.containPackage("dev.recado.worker.execute")).isTrue();
    assertThat(recado.containPackage("dev.recado.web")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "com.rabbitmq..,         dev.recado..rabbitmq..",
    "io.javalin..,           dev.recado.web..",
    "org.eclipse.jetty..,    dev.recado.web..",
    "java.sql..,             dev.recado.store..",
    "javax.sql..,            dev.recado.store..",
    "com.zaxxer..,           dev.recado.store..",
    "org.sqlite..,           dev.recado.store.sqlite..",
    "io.opentelemetry.api..,     dev.recado.trace..",
    "io.opentelemetry.context.., dev.recado.trace..",
    "io.opentelemetry.sdk..,     dev.recado.app.trace..",
    "picocli..,              dev.recado.app.."
  })
  void a_library_is_known_in_one_place_only(String library, String place) {
    noClasses()
        .that()
        .resideOutsideOfPackage(place)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(recado);
  }

  @Test
  void all_that_the_log_says_stands_in_one_list() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.recado.log")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("org\\.slf4j\\.Logger(Factory)?")
        .check(recado);
  }

  @Test
  void only_models_and_webhooks_are_called_over_http() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.recado.worker.model..", "dev.recado.web.webhook..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("okhttp3..")
        .check(recado);
  }

  @Test
  void parts_are_measured_by_classes_of_their_own() {
    noClasses()
        .that()
        .haveNameNotMatching(".*(Meters|Gauges)(\\$.*)?")
        .and()
        .resideOutsideOfPackages("dev.recado.metrics..", "dev.recado.app..")
        .and()
        .doNotHaveFullyQualifiedName("dev.recado.web.WebApp")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.micrometer..")
        .check(recado);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.recado.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer.prometheusmetrics..", "io.prometheus..")
        .check(recado);
  }

  @Test
  void the_store_port_names_no_database() {
    noClasses()
        .that()
        .resideInAPackage("dev.recado.store")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "dev.recado.store.sqlite..")
        .check(recado);
  }

  @Test
  void web_and_worker_know_each_other_only_through_common() {
    noClasses()
        .that()
        .resideInAPackage("dev.recado.web..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.recado.worker..")
        .check(recado);
    noClasses()
        .that()
        .resideInAPackage("dev.recado.worker..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.recado.web..")
        .check(recado);
  }

  @Test
  void nothing_knows_the_command_line() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.recado.app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.recado.app..")
        .check(recado);
  }

  @ParameterizedTest
  @CsvSource({
    "dev.recado.store.sqlite",
    "dev.recado.queue.local",
    "dev.recado.queue.rabbitmq",
    "dev.recado.event.local",
    "dev.recado.event.rabbitmq"
  })
  void an_adapter_is_chosen_where_the_parts_are_put_together(String adapter) {
    classes()
        .that()
        .resideInAPackage(adapter)
        .should()
        .onlyBeAccessed()
        .byAnyPackage(adapter, "dev.recado.app..", "dev.recado..rabbitmq")
        .allowEmptyShould(true)
        .check(recado);
  }

  @Test
  void a_job_knows_nothing_of_where_it_is_kept_or_run() {
    classes()
        .that()
        .resideInAPackage("dev.recado.job")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.recado.job", "java..", "org.jspecify..")
        .check(recado);
  }

  @Test
  void packages_form_no_cycles() {
    slices().matching("dev.recado.(**)").should().beFreeOfCycles().check(recado);
  }
}
