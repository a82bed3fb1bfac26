/** Job events over a RabbitMQ fanout exchange. */
@NullMarked
package dev.recado.event.rabbitmq;

import org.jspecify.annotations.NullMarked;
