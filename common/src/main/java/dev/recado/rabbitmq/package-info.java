/**
 * The way to RabbitMQ, for everything that uses it: {@link dev.recado.rabbitmq.BrokerLink} keeps a
 * connection open for as long as its process lives.
 */
@NullMarked
package dev.recado.rabbitmq;

import org.jspecify.annotations.NullMarked;
