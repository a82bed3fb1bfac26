/** The doorbell over RabbitMQ's task_queue. */
@NullMarked
package dev.recado.queue.rabbitmq;

import org.jspecify.annotations.NullMarked;
