package dev.recado.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that start a {@link PrivateBroker}; left out where there is no rabbitmq-server. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("broker")
@ExtendWith(SharedBroker.class)
@EnabledIf(
    value = "dev.recado.testing.PrivateBroker#isInstalled",
    disabledReason = "rabbitmq-server is not installed")
public @interface NeedsBroker {}
