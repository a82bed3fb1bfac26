package dev.recado.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that run a {@link ContainerBroker}; left out where no Docker engine answers. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("docker")
@ExtendWith(SharedBroker.class)
@EnabledIf(
    value = "dev.recado.testing.ContainerBroker#isPossible",
    disabledReason = "no Docker engine answers")
public @interface NeedsContainers {}
